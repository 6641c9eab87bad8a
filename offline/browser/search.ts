// Comes before the theme's script in the copy. A page on a disk may not start a worker from a file, so the
// search's worker is in here as text, and the theme finds its address where it looks for it.
import source from "search-worker";

const place = document.getElementById("__config") as HTMLElement;
const search = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
place.textContent = JSON.stringify({ ...JSON.parse(place.textContent ?? ""), search });
