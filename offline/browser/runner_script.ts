// In place of runtime/work/runner_script.ts: here the runner is a part of the demo's own script.
export const importRunner = () => import("../../runtime/run/runner.ts");

export const hasFailed = () => false;
