// In place of runtime/work/runner_script.mjs: here the runner is a part of the demo's own script.
export const importRunner = () => import("../../runtime/run/runner.mjs");

export const hasFailed = () => false;
