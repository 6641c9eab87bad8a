// The one script of a page with demos.
import { AsgiDemo } from "./element.ts";

if (!customElements.get("asgi-demo")) customElements.define("asgi-demo", AsgiDemo);
