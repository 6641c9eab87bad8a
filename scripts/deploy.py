"""`make deploy-files`: writes deploy/ from the table that the app serves by.

The headers, cache rules and types stand once, in snippets/serving/rules.toml; what each host can
say of them is written here. The lock of what serving needs is cut out of requirements.txt.
"""

from __future__ import annotations

from common.places import ROOT
from common.problem import run_main
from scripts.locked import cut_out
from snippets.serving.read_rules import HEADERS, RULES

DEPLOY = ROOT / "deploy"
MADE = "# Written by `make deploy-files` from snippets/serving/rules.toml: change it there.\n"
# Hosts that know paths but no patterns: in these folders every file is named by its hash.
HASHED_FOLDERS = ("/assets/*", "/runtime/*")
# The statuses of what is sent of a file, and of the 404 page, which is a file too.
OF_A_FILE = "(200|206|304|404)"
SERVED_BY = ("starlette", "uvicorn")


def titled(name: str) -> str:
    """The header's name as people write it."""
    return "-".join(part.capitalize() for part in name.split("-"))


def forever() -> str:
    """The cache rule of files named by their hash: the table's first."""
    return str(RULES["caching"][0]["value"])


def headers_file() -> str:
    """`_headers`, which Cloudflare Pages and Netlify read in the published folder."""
    note = (
        "# Both hosts let browsers ask again for all else, as the app does; neither may repeat a\n"
    )
    note += "# header for one path: Cloudflare would join the two values.\n"
    always = "".join(f"  {titled(name)}: {value}\n" for name, value in HEADERS.items())
    kept = "".join(f"{path}\n  Cache-Control: {forever()}\n" for path in HASHED_FOLDERS)
    return f"{MADE}{note}/*\n{always}{kept}"


def netlify_file() -> str:
    """netlify.toml: how Netlify builds; the headers come with the site, in `_headers`."""
    return (
        f"{MADE}# Copy it to the root of the repository. The headers are in site/_headers, which\n"
        "# the build writes; Netlify compresses by itself.\n"
        '[build]\ncommand = "make build"\npublish = "site"\n\n'
        '[build.environment]\nPYTHON_VERSION = "3.13"\nCARDS = "0"\nCOMPRESS = "0"\n'
    )


def nginx_types() -> str:
    """The types by extension."""
    lines = (f'    "{kind}" {name};\n' for name, kind in RULES["types"].items())
    return f"  types {{\n{''.join(lines)}  }}\n  default_type application/octet-stream;\n"


def nginx_caching() -> str:
    """The cache rules, as a map of status and address: what is no file of the site is not kept."""
    lines = (
        f'  "~^{OF_A_FILE} .*{rule["pattern"]}" "{rule["value"]}";\n' for rule in RULES["caching"]
    )
    head = "  volatile; # an error page has another status than the page asked for\n"
    return f'map "$status $uri" $site_caching {{\n{head}{"".join(lines)}  default "no-store";\n}}\n'


def nginx_file() -> str:
    """nginx.conf's part for the site."""
    headers = "".join(f'  add_header {titled(n)} "{v}" always;\n' for n, v in HEADERS.items())
    return NGINX.format(made=MADE, caching=nginx_caching(), types=nginx_types(), headers=headers)


NGINX = """\
{made}# Include it inside `http {{ }}`. It sends what the app sends, but for the door: it does not
# look at the reader's languages, so / is the Chinese home. For the .br files, install nginx's
# brotli module and add `brotli_static on;` beside `gzip_static on;`.
{caching}map $uri $site_missing {{
  "~^/en/" /en/404.html;
  default /404.html;
}}

server {{
  listen 80;
  root /srv/site;
  index index.html;
  server_tokens off;

{types}
  gzip_static on;
  gzip_vary on;
  absolute_redirect off; # the name by which it was called may not be its own
  max_ranges 100;
  disable_symlinks on from=$document_root;

  client_header_timeout 20s;
  client_body_timeout 20s;
  send_timeout 20s;
  keepalive_timeout 5s;
  client_header_buffer_size 4k;
  large_client_header_buffers 4 16k;
  client_max_body_size 1; # byte: nothing here reads a body

{headers}  add_header Cache-Control $site_caching always;

  if ($request_method !~ "^(GET|HEAD)$") {{
    return 405;
  }}
  error_page 403 404 =404 $site_missing; # 403: a link, or a folder without a page
  location ~ \\.(br|gz)$ {{
    return 404; # they are other forms of a file, not files
  }}
  location ~ "^(?!/\\.well-known/)/\\.|^/.+/\\." {{
    return 404; # .git and .env are private, /.well-known/ is not (RFC 8615)
  }}
  location = /health {{
    default_type text/plain;
    return 200 ok;
  }}
}}
"""


def requirements_file() -> str:
    """The lock of what serving needs, without the notes."""
    made = "# Written by `make deploy-files`: what serving needs, cut out of requirements.txt.\n"
    return made + cut_out(SERVED_BY)


FILES = {
    "_headers": headers_file,
    "netlify.toml": netlify_file,
    "nginx.conf": nginx_file,
    "requirements.txt": requirements_file,
}


def main() -> None:
    """Write them all."""
    for name, make in FILES.items():
        (DEPLOY / name).write_text(make(), "utf-8")


if __name__ == "__main__":
    run_main(main)
