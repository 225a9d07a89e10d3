// Whether the page is narrow: where a picture is drawn otherwise, not only smaller.
import { signal } from '@preact/signals';

const query = matchMedia('(max-width: 719px)');
export const isNarrow = signal(query.matches);
query.addEventListener('change', () => { isNarrow.value = query.matches; });
