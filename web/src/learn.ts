// What there is to learn from: stories, roles and the map of who does what. Data of web/content, in a part of the page that
// is loaded when it is first wanted.
import ecosystem from '../content/ecosystem.yaml';
import roles from '../content/roles.yaml';

export interface Screen {
    text: string; ask?: string; set?: Record<string, number>; highlight?: string; view: string; carrier?: string; hour?: 'peak';
}
export interface Story { id: string; title: string; about: string; minutes: number; screens: Screen[] }
export interface Role { id: string; name: string; public_goal: string; private_goal: string; watch: string; levers: string[]; figures: string[] }
export interface Actor { id: string; name: string; role: string; column: number; row: number; party?: string }
export interface Flow { from: string; to: string; what: string; carrier: string; source: string; sure: string }
export interface Technology { title: string; maturity: number; kind?: string; between: [string, string]; says: string; source: string; sure: string }
export interface Ecosystem { actors: Actor[]; flows: Flow[]; technologies: Technology[] }

const files = import.meta.glob<Story>('../content/stories/*.yaml', { eager: true, import: 'default' });
export const stories = Object.keys(files).sort().map(name => files[name]);
export { ecosystem, roles };
