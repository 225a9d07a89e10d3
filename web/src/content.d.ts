// Content written as YAML, made a module by content.ts when the page is built.
declare module '*/roles.yaml' { const roles: import('./learn').Role[]; export default roles; }
declare module '*/ecosystem.yaml' { const map: import('./learn').Ecosystem; export default map; }
