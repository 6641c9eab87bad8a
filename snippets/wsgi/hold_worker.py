import time


# zh: 生成器：每产生一段，服务器就送出一段。
# en: A generator: the server sends each piece as it comes.
def app(environ, start_response):
    start_response(
        "200 OK", [("Content-Type", "text/event-stream")]
    )
    for number in range(1, 4):
        yield f"data: {number}\n\n".encode()
        # zh: 等待的时候，这个线程不能做别的事。
        # en: While it waits, this thread can do nothing else.
        time.sleep(0.1)
