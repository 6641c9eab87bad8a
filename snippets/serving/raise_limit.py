import sys

if sys.platform != "win32":
    import resource


def raise_limit(wanted: int) -> int:
    # zh: 进程能打开多少文件和套接字，各系统不同，常常只有 1024。
    # en: How many files and sockets it may have: often only 1024.
    if sys.platform == "win32":
        return wanted
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard != resource.RLIM_INFINITY:
        wanted = min(wanted, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        limits = (wanted, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, limits)
    return wanted
