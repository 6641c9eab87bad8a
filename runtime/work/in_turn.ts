// Jobs one after the other: the first at once, the others each in a task of its own, so that the page
// can answer its reader between them. One that fails holds up none of the others.

const waiting: (() => void)[] = [];
let busy = false;

export function inTurn(job: () => void) {
  if (busy) {
    waiting.push(job);
    return;
  }
  busy = true;
  setTimeout(next);
  job();
}

function next() {
  const job = waiting.shift();
  busy = job !== undefined;
  if (!job) return;
  setTimeout(next);
  job();
}
