// Below every view the same three: what is gained, what is at risk, and what can be moved.
import { flipOf } from '../flip';
import { money } from '../said';
import { valueText } from '../scale';
import { keepAddress, reasons, shown, start, storyAt, valueOf } from '../state';
import { words } from '../words.en';

function benefit(): string {
    const { view } = shown.value!, [who, net] = Object.entries(view.net_money_year).sort((a, b) => b[1] - a[1])[0];
    return net > 500 ? words.gains(words.party[who], money(net, view.currency)) : words.nobodyGains;
}

/** The worst there is: a broken rule, a party that loses, a rule that is close. Null: none of these. */
function risk(): string | null {
    const { view } = shown.value!, rule = (sign: string) => view.rules.find(r => r.sign === sign);
    const [who, net] = Object.entries(view.net_money_year).sort((a, b) => a[1] - b[1])[0], broken = rule('fail'), close = rule('risk');
    if (broken) return words.ruleBroken(broken.title);
    if (net < -500) return words.losesMost(words.party[who], money(-net, view.currency));
    return close ? words.ruleClose(close.title) : null;
}

/** The slider whose flip is nearest to where it stands. */
function lever(): string {
    const near = start.value!.sliders.flatMap(s => { const at = flipOf(s); return at === null || at < s.minimum || at > s.maximum ? [] : [{ s, at, far: Math.abs(Math.log((at + 1e-9) / (valueOf(s) + 1e-9))) }]; })
        .sort((a, b) => a.far - b.far)[0];
    if (near) return words.flipsAt(near.s.label, valueText(near.s, near.at));
    return reasons.value[start.value!.plan] ? words.noFlip : words.stillLooking;
}

export function Three() {
    const at = risk();
    return (
        <dl class="three" aria-label={words.three}>
            <div><dt>{words.benefit}</dt><dd>{benefit()}</dd></div>
            <div><dt>{words.risk}</dt><dd>{at ?? <>{words.noneLoses} <button class="do" onClick={() => { storyAt.value = 'leaves:0'; keepAddress(); }}>{words.askLeaves}</button></>}</dd></div>
            <div><dt>{words.lever}</dt><dd>{lever()}</dd></div>
        </dl>
    );
}
