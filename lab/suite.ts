import type * as declared from './index.mjs';
import { joinRunningLab } from './suite/attach-lab.ts';
import { startOrJoinLab } from './suite/start-lab.ts';

export { LabError } from './errors/lab-error.ts';

export const startLab: typeof declared.startLab = startOrJoinLab;
export const attachLab: typeof declared.attachLab = joinRunningLab;
