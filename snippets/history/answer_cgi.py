import os

# zh: 一次请求，一个进程：请求在环境变量里，响应写到标准输出。
# en: One request, one process: the request in environment variables,
# zh: 答复完，进程就结束。
# en: the response on standard output; then the process ends.
path = os.environ.get("PATH_INFO", "/")

print("Status: 200 OK")
print("Content-Type: text/plain")
print()
print(f"You asked for {path}")
