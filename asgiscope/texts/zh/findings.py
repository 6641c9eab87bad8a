"""每条规则的中文说明：标题、发现了什么、怎么改。"""

from __future__ import annotations

from typing import Final

from .cases import CASES as CASES

BETWEEN: Final = "；"  # 异常或任务之间
AT_LINE: Final = "（第 {} 行）"
# 有这样的值时，说明里多说的一句；说明里写作 ``{and_nearest}`` 等等。
SENTENCES: Final[dict[str, str]] = {
    "nearest": "是不是想写 {}？",
    "causes": "起因是 {}。",
    "waits": "等待发生在 `{}` 里。",
}

# 应用由真实的服务器运行、又给了它不对的东西时，说明里多说的一句。
BY_SERVER: Final = {
    "took": "在 {server} 里，`send()` 照常返回。",
    "raised": "在 {server} 里，`send()` 抛出了 {raised}。",
}

TEXTS: Final[dict[str, tuple[str, str, str]]] = {
    "app-import": (
        "应用加载失败",
        "加载代码时抛出了 {exception}。{and_causes}",
        "改正这一行；应用还没有被调用过。",
    ),
    "app-not-callable": (
        "应用不可调用",
        "交给服务器的应用是一个 {found}，而应用必须能用 scope、receive、send 三个参数调用。",
        "写成 `async def app(scope, receive, send)`，或者给出带有这样的 `__call__` 的对象。中间件工厂必须是普通的 `def`，不能是 `async def`。",
    ),
    "app-signature": (
        "应用的参数不对",
        "服务器用三个参数调用应用，而它的签名是 {found}。",
        "写成 `async def app(scope, receive, send)`。",
    ),
    "app-not-awaitable": (
        "应用没有返回可等待对象",
        "调用应用得到的是 {found}，不能 await，所以应用里什么也没有运行。",
        "用 `async def` 定义应用。如果它包着另一个应用，就写 `await inner(scope, receive, send)`。",
    ),
    "app-two-callables": (
        "应用用的是 ASGI 2 的形式",
        "应用只接受 scope，再返回第二个可调用对象，这是 ASGI 2.0 的写法。",
        "改成一个接受三个参数的可调用对象；旧形式是历史遗留，服务器正在逐步放弃。",
    ),
    "app-raised": (
        "应用抛出了异常",
        "应用以 {exception} 结束。{and_causes}",
        "在应用里处理这个异常，或者改正抛出它的地方。服务器能做的只有返回 500，或者切断已经开始的响应。",
    ),
    "app-cancelled": (
        "应用以 CancelledError 结束",
        "应用抛出了 CancelledError，而服务器并没有取消它：应用在这一行等待一个已经取消的任务，或者取消了自己。对服务器来说，这和别的异常一样：客户端得到 500，或者半个响应。",
        "等待自己取消的任务时，把它捕获：`with contextlib.suppress(asyncio.CancelledError): await task`。",
    ),
    "app-exception-answered": (
        "异常变成了 500",
        "应用里抛出了 {exception}。{and_causes}它在里面就被捕获（多半是框架）并写进了日志，客户端得到的是 500。",
        "改正抛出它的那一行。服务器没有见到这个异常，要在应用自己的日志里找。",
    ),
    "app-exception-unseen": (
        "没有人看到的异常",
        "在后台的 {tasks} 里抛出了 {exception}。{and_causes}",
        "可能失败的任务要 await，或者在里面捕获异常；asyncio 只会在很久以后写一条日志。",
    ),
    "app-error-logged": (
        "应用写了一条错误日志",
        "{logger} 记录了：{text}。",
        "服务器不会理会它。看看有没有需要改正的地方。",
    ),
    "app-stuck": (
        "应用在等永远不会来的东西",
        "它停在这一行，等的事已经不可能发生：没有定时器在走，没有任务能继续，也没有消息要来。{and_waits}",
        "找找本该由谁来结束等待：没人 set 的事件、没人放东西的队列、没有结果的 future、一直没有释放的锁。",
    ),
    "app-over-budget": (
        "运行被中止",
        "虚拟时间过了 {seconds} 秒仍未结束（触及的上限：{limit}）。",
        "让循环能够结束。流式响应要在 `receive()` 给出 http.disconnect 或 `send()` 抛出异常时停下。",
    ),
    "app-tasks-left": (
        "留下了没有结束的任务",
        "应用已经返回，运行结束时却还有 {count} 个任务没有结束：{tasks}。",
        "返回之前等待或取消它们；要一直运行的任务，放到 lifespan 里启动。",
    ),
    "send-not-awaited": (
        "send() 没有被 await",
        "只写 `send(...)` 不过是创建了一个协程，这条消息没有发出去。",
        "写成 `await send(...)`。",
    ),
    "receive-not-awaited": (
        "receive() 没有被 await",
        "只写 `receive()` 不过是创建了一个协程，什么也没有收到。",
        "写成 `message = await receive()`。",
    ),
    "app-coroutine-not-awaited": (
        "有协程没有被 await",
        "调用 `{call}` 时没有写 `await`：这只创建了协程，里面的代码一行也没有运行。",
        "在调用前面写上 `await`；想让它在一旁运行，就用 `asyncio.create_task(...)`。",
    ),
    "loop-blocked": (
        "事件循环被阻塞",
        "{call} 占住事件循环 {seconds} 秒；这段时间里，别的连接都得不到处理。",
        "改用 `await asyncio.sleep(...)`，或者用 `asyncio.to_thread` 把阻塞的工作放进线程。",
    ),
    "loop-busy": (
        "事件循环忙了很久",
        "{call} 占住事件循环约 {seconds} 秒（真实时间）；在服务器上，这段时间里别的连接都得不到处理。",
        "用 `asyncio.to_thread` 把这项工作放进线程，或者换用可以 await 的库。",
    ),
    "loop-held": (
        "事件循环被占住，没有再回来",
        "{call} 占住事件循环 {seconds} 秒（真实时间），运行在这里被停止。",
        "用 `asyncio.to_thread` 把这个调用放进线程，给它设一个时限，或者换用可以 await 的库。",
    ),
    "loop-waits-for-ever": (
        "事件循环在等永远不会来的东西",
        "{call} 让事件循环停在这里，而已经没有什么能结束这次等待：没有别的线程在运行，循环停着的时候协程也不能运行。真正的服务器会从此不再应答。",
        "改成 await：用 asyncio 自己的类；别的线程的 future 则用 `await asyncio.wrap_future(...)`。",
    ),
    "thread-waits-for-ever": (
        "线程在等永远不会来的东西",
        "{call} 让线程停在这一行；已经没有定时器、任务或别的线程能结束这次等待，而应用又在等这个线程。",
        "检查这一行所等的东西本来应该由谁来设置、放入或释放。",
    ),
    "thread-pool-full": (
        "线程池的线程全都忙着",
        "{size} 个线程都有工作，这项工作只好等到有线程空出来。",
        "让线程里的工作尽量短，或者给耗时的工作单独一个线程池或 limiter。",
    ),
    "engine-cannot-follow": (
        "引擎没法跟踪这里",
        "{what} 要等另一个线程，而运行的地方（例如浏览器）没有线程，所以这次等待被中断了；这不说明应用有错。",
        "在终端里用 `python -m asgiscope` 运行，那里的线程是真的。",
    ),
    "engine-real-time": (
        "这次运行有一部分花的是真实时间",
        "应用用到了 {what}，虚拟时钟没法让它变快。应用等待的时候时钟停着，所以每次运行的事件顺序可能不同。",
        "什么都不用改。想要每次都相同的结果，就用替身代替应用之外的东西。",
    ),
    "engine-gave-up": (
        "引擎不再等真实的东西",
        "应用在等 {what}，但真实时间过了 {seconds} 秒什么也没有来，运行就不再等它，继续往下走。它到底会不会来，引擎无从知道。",
        "检查应用所等的东西能不能连上，或者用替身代替它。",
    ),
    "message-not-dict": (
        "消息必须是字典",
        "交给 send() 的是 {found}，不是字典。",
        '发送带有 "type" 键的字典，例如 {{"type": "http.response.body", "body": b"Hi"}}。',
    ),
    "message-type-missing": (
        "消息没有类型",
        '消息没有 "type" 键，或者它的值不是 str。',
        '给消息加上 "type"，例如 "http.response.start"。',
    ),
    "message-type-unknown": (
        "没有这种消息",
        "规范里没有应用可以发送的消息 {type}。{and_nearest}",
        "改正类型；类型要写全，例如 http.response.start。",
    ),
    "message-of-server": (
        "这是服务器发来的消息",
        "{type} 由 receive() 返回，应用不能发送它。",
        "发送应用自己的消息，例如 http.response.start；想知道服务器说了什么，就 `await receive()`。",
    ),
    "message-of-other-protocol": (
        "消息属于另一个协议",
        "在类型为 {protocol} 的连接上发送了 {type}。",
        '先看 scope["type"]，只发送以它开头的消息。只为 HTTP 写的中间件和错误处理，是常见的原因。',
    ),
    "message-key-missing": (
        "缺少必需的键",
        "{type} 必须有 {key} 键，这里却没有。",
        "补上 {key} 键。",
    ),
    "message-key-type": (
        "值的类型不对",
        "{type} 的 {key} 键应当是 {expected}，这里却是 {found}。",
        "给 {key} 一个这种类型的值。",
    ),
    "message-key-unknown": (
        "规范里没有这个键",
        "{type} 没有 {key} 这个键。{and_nearest}服务器会忽略不认识的键。",
        "改正拼写，或者去掉它。",
    ),
    "message-key-newer": (
        "服务器还不认识这个键",
        "{type} 的 {key} 键是 HTTP 和 WebSocket 规范 {since} 版加入的，而这个服务器声明的是 {version} 版。",
        '使用之前先比较 scope["asgi"]["spec_version"]；旧的服务器会忽略这个键。',
    ),
    "message-bytes-like": (
        "不完全是 bytes",
        "{type} 的 {key} 键是 {found}；规范只允许 bytes，有的服务器会拒绝它。",
        "发送之前用 `bytes(...)` 转换。",
    ),
    "extension-not-offered": (
        "服务器没有提供这个扩展",
        '只有 scope["extensions"] 里有 {extension} 时才能发送 {type}，而这里没有。',
        '先在 scope.get("extensions", {{}}) 里查找 {extension}，没有时换一种做法。',
    ),
    "http-start-first": (
        "响应还没有开始",
        "还没有发送 http.response.start，就发送了 {type}；服务器手里没有状态码。",
        "先发送带有状态码的 http.response.start。",
    ),
    "http-start-once": (
        "响应开始了两次",
        "第一条 http.response.start 已经发出，又发送了一条；状态码和头部不能再改。",
        "找找是不是有两处代码在答复同一个请求，比如错误处理在已经开始的响应上又开始一次。让它先看看响应有没有开始。",
    ),
    "http-after-complete": (
        "响应已经结束",
        "响应已经随着一条 more_body 为 False（或没有这个键）的消息体结束，之后的 {type} 被忽略。",
        "如果消息体还没完，除了最后一条，每条都设 more_body 为 True；如果完了，就不要再发送。",
    ),
    "http-after-disconnect": (
        "客户端已经离开",
        "客户端断开之后又发送了 {type}，send() 抛出了 OSError。",
        "每个应用都会遇到。让异常结束这次调用，在 `finally` 里清理。",
    ),
    "http-no-response": (
        "没有响应",
        "应用没有发送 http.response.start 就返回了；服务器这时会返回 500。",
        "应用的每条路径都要发送响应。检查有没有过早的 return、漏掉的 await，或者什么也没答复的分支。",
    ),
    "http-error-unexplained": (
        "应用自己答复了 500",
        "响应的状态码是 500，但是没有异常传到服务器，也没有写进日志：可能是框架捕获了异常，没有说出来。",
        "打开框架的调试模式或日志，看看发生了什么。如果 500 是有意的，就没有问题。",
    ),
    "http-response-unfinished": (
        "响应没有结束",
        "应用没有发送最后一条 http.response.body 就返回了；客户端只得到半个响应，连接被切断。",
        "用一条 more_body 为 False（或没有这个键）的 http.response.body 收尾。",
    ),
    "http-header-lowercase": (
        "头部名称要用小写",
        "响应头部 {name} 里有大写字母。",
        "名称用小写；HTTP 本身不区分大小写。",
    ),
    "http-header-pseudo": (
        "这里不能有伪头部",
        "{name} 是 HTTP/2 的伪头部，由服务器自己添加。",
        "去掉它；状态码写在 status 键里。",
    ),
    "http-header-characters": (
        "头部里有不允许的字符",
        "头部 {name} 的名称为空，或者名称、值里有 CR、LF、NUL。",
        "去掉它们。不要把未经检查的输入放进头部：有了换行，就能夹带另一个头部。",
    ),
    "http-header-name": (
        "这不是头部的名称",
        "{name} 里有空格、冒号，或者别的不能出现在头部名称里的字符。",
        "使用字母、数字和连字符。多数服务器会拒绝整个响应。",
    ),
    "http-header-control": (
        "头部里有控制字符",
        "头部 {name} 的值里有控制字符 {byte}。",
        "去掉它，或者把值编码。有的服务器会拒绝整个响应。",
    ),
    "http-header-blanks": (
        "头部的值前后有空白",
        "头部 {name} 的值以空白开头或结尾：{value!r}。",
        "去掉空白。HTTP 不把它算作值的一部分，有的服务器会拒绝整个响应。",
    ),
    "http-header-repeated": (
        "头部重复了",
        "响应里有两个 {name}，值相同。有的服务器会去掉一个，有的把两个都发出去。",
        "只发送一个。看看有没有中间件在该替换的地方追加了。",
    ),
    "http-header-twice": (
        "只能出现一次的头部出现了两次",
        "响应里有两个 {name}，值不同，各个客户端相信哪一个并不一样。",
        "只发送一个。看看有没有中间件在该替换的地方追加了。",
    ),
    "http-transfer-encoding": (
        "transfer-encoding 由服务器决定",
        "应用设置了 transfer-encoding: chunked。服务器必须忽略它；没有 content-length 时，服务器自己会分块。",
        "去掉它。",
    ),
    "http-transfer-encoding-not-ignored": (
        "服务器不会忽略的 transfer-encoding",
        "应用设置了 transfer-encoding: {value}。按规范，服务器会忽略它；实际上有的服务器拒绝它，有的把它和自己的一起发出，响应就坏了。",
        "去掉它。要压缩，就设置 content-encoding。",
    ),
    "http-status-range": (
        "这不是响应的状态码",
        "状态码是 {status}；对请求的响应，状态码在 200 到 599 之间。",
        "使用 200 到 599 之间的状态码。",
    ),
    "http-content-length-invalid": (
        "content-length 不是长度",
        "响应的 content-length 是 {found}，不是一个字节数。",
        "只发送一个全是数字的 content-length，或者不发送。",
    ),
    "http-content-length-not-allowed": (
        "这个状态码不能有 content-length",
        "{status} 响应没有消息体，也不能有 content-length，0 也不行。",
        "去掉 content-length。有的服务器会等待那么长的消息体。",
    ),
    "http-content-length-long": (
        "消息体比 content-length 长",
        "content-length 声明了 {declared} 字节，加上这一条就是 {sent} 字节，服务器会拒绝发送。",
        "在压缩等改动消息体的步骤之后，按字节（而不是字符）计算长度；或者去掉这个头部。",
    ),
    "http-content-length-short": (
        "消息体比 content-length 短",
        "content-length 声明了 {declared} 字节，消息体却在 {sent} 字节处结束：客户端会一直等剩下的部分，直到放弃。",
        "在所有改动消息体的步骤之后，按实际发送的字节计算长度；或者去掉这个头部。",
    ),
    "http-body-not-allowed": (
        "这种响应没有消息体",
        "{status} 响应没有消息体，发送的内容会被丢弃。",
        "发送一条空的最后消息体。",
    ),
    "http-trailers-not-announced": (
        "没有事先声明尾部",
        "发送了 {type}，但 http.response.start 里没有 trailers: True。",
        "在 http.response.start 里声明。",
    ),
    "http-trailers-early": (
        "尾部早于消息体的结束",
        "{type} 要在最后一条 http.response.body 之后发送。",
        "先结束消息体（more_body 为 False）。",
    ),
    "http-trailers-missing": (
        "声明的尾部没有来",
        "http.response.start 声明了尾部，应用没有发送就结束了；服务器无法结束响应。",
        "在最后一条 http.response.body 之后发送 http.response.trailers，或者不要声明。",
    ),
    "http-body-before-trailers": (
        "消息体已经结束",
        "{type} 出现在最后一条 http.response.body 之后；这时只能发送尾部。",
        "在最后一条 http.response.body 之前发送它。",
    ),
    "http-push-early": (
        "推送早于响应的开始",
        "{type} 只能在 http.response.start 之后发送。",
        "先发送 http.response.start。",
    ),
    "http-early-hint-late": (
        "早期提示来得太晚",
        "{type} 在 http.response.start 之后才发送；103 要走在响应前面。",
        "在 http.response.start 之前发送早期提示。",
    ),
    "http-debug-late": (
        "调试信息来得太晚",
        "{type} 要在 http.response.start 之前发送。",
        "最先发送它。",
    ),
    "http-debug-once": (
        "调试信息只能发送一次",
        "{type} 发送了第二次。",
        "把信息合并成一条消息。",
    ),
    "http-pathsend-mixed": (
        "文件路径不能和消息体混用",
        "同一个响应里既用了 http.response.pathsend，又用了 http.response.body。",
        "只用其中一种。",
    ),
    "websocket-accept-first": (
        "握手还没有答复",
        "还没有发送 websocket.accept，就发送了 {type}；这时还没有连接。",
        "先发送 websocket.accept。",
    ),
    "websocket-accept-once": (
        "握手答复了两次",
        "连接已经打开，又发送了 {type}。",
        "只接受一次；找找是不是有两处代码在接受。",
    ),
    "websocket-connect-first": (
        "还没有收到 websocket.connect",
        "{type} 是对 websocket.connect 的答复，而应用还没有用 receive() 取走它。",
        "先 `await receive()`；有的服务器坚持这个顺序。",
    ),
    "websocket-no-reply": (
        "握手一直没有答复",
        "应用没有发送 websocket.accept 或 websocket.close 就返回了，客户端握手失败。",
        "每条路径都要答复 websocket.connect：接受，或者关闭。",
    ),
    "websocket-not-closed": (
        "应用丢下了打开的连接",
        "应用没有发送 websocket.close 就返回了。服务器会替它关闭，客户端看到的状态码各家不同。",
        "返回之前发送 websocket.close，带上你想给的状态码。",
    ),
    "websocket-after-close": (
        "连接已经关闭",
        "应用自己关闭或拒绝连接之后，又发送了 {type}。",
        "websocket.close 之后不要再发送。如果把连接存在列表里，就在 `finally` 里取出来。",
    ),
    "websocket-after-disconnect": (
        "客户端已经离开",
        "客户端离开之后又发送了 {type}，send() 抛出了 OSError。",
        "每个应用都会遇到。把这个异常当作连接的结束，做好清理。",
    ),
    "websocket-send-empty": (
        "消息没有内容",
        "websocket.send 里既没有 text，也没有 bytes（或者两者都是 None）。",
        "给出其中恰好一个；空字符串也是一条消息。",
    ),
    "websocket-send-both": (
        "消息有两份内容",
        "websocket.send 里同时有 text 和 bytes。",
        "只给出其中一个。",
    ),
    "websocket-subprotocol-not-offered": (
        "客户端没有提出这个子协议",
        "应用选了 {chosen}，而客户端提出的是：{offered}。浏览器会放弃这样的连接。",
        '从 scope["subprotocols"] 里选一个，或者不选。',
    ),
    "websocket-subprotocol-header": (
        "子协议不写在头部里",
        "websocket.accept 里有头部 sec-websocket-protocol。",
        "改用 subprotocol 键。",
    ),
    "websocket-close-code": (
        "这个关闭状态码不能发送",
        "关闭帧里不能用 {code} 这个状态码。",
        "正常结束用 1000，出错用 1011，自定义用 4000 到 4999。",
    ),
    "websocket-close-reason-long": (
        "关闭原因太长",
        "原因占 {size} 字节，而关闭帧只容得下 123 字节。",
        "缩短它。",
    ),
    "websocket-denial-start-first": (
        "用于拒绝握手的响应还没有开始",
        "在 websocket.http.response.start 之前发送了 {type}。",
        "先发送带有状态码的开始消息。",
    ),
    "websocket-denial-start-once": (
        "拒绝响应开始了两次",
        "又发送了一次 {type}。",
        "只发送一次。",
    ),
    "websocket-denial-only": (
        "握手正在被拒绝",
        "拒绝响应开始之后，又发送了 {type}。",
        "把响应发完；后面不能再有别的消息。",
    ),
    "websocket-denial-late": (
        "连接已经打开",
        "{type} 只能用来代替 websocket.accept。",
        "用 websocket.close 关闭连接。",
    ),
    "websocket-denial-unfinished": (
        "拒绝响应没有结束",
        "响应已经开始，但一直没有等到最后一条 http.response.body。",
        "用一条 more_body 为 False（或没有这个键）的 websocket.http.response.body 收尾。",
    ),
    "lifespan-unsupported": (
        "应用不参与 lifespan",
        "应用对 lifespan scope 抛出了 {exception}。{and_causes}服务器照常继续，但不再有 lifespan：应用的启动和关闭代码都不会运行。",
        "这是允许的。如果应用有东西要准备，就处理 lifespan.startup 和 lifespan.shutdown。",
    ),
    "lifespan-startup-raised": (
        "启动时抛出了异常",
        "启动过程中抛出了 {exception}。{and_causes}服务器会当作应用不懂 lifespan，照样接收请求，尽管启动并没有完成。",
        "改正抛出异常的地方。要阻止服务器启动，就捕获异常，发送 lifespan.startup.failed。",
    ),
    "lifespan-startup-first": (
        "还没有收到启动消息",
        "{type} 是对 lifespan.startup 的答复，而应用还没有取走它。",
        "先 `await receive()`，再答复它给出的消息。",
    ),
    "lifespan-startup-once": (
        "启动答复了两次",
        "启动结束之后又发送了 {type}。",
        "对 lifespan.startup 只答复一次。",
    ),
    "lifespan-startup-no-reply": (
        "启动没有得到答复",
        "应用离开了 lifespan，却没有发送 lifespan.startup.complete 或 lifespan.startup.failed；服务器不知道它是否已经启动。",
        "发送其中一个；不想参与 lifespan 的应用，对这个 scope 抛出异常就行。",
    ),
    "lifespan-shutdown-first": (
        "还没有收到关闭消息",
        "{type} 是对 lifespan.shutdown 的答复，而服务器还没有发出它。",
        "不断 await receive()，直到得到 lifespan.shutdown。",
    ),
    "lifespan-shutdown-no-reply": (
        "关闭没有得到答复",
        "应用离开了 lifespan，却没有发送 lifespan.shutdown.complete 或 lifespan.shutdown.failed。",
        "全部清理完之后，发送 lifespan.shutdown.complete。",
    ),
    "lifespan-after-end": (
        "lifespan 已经结束",
        "在最后一次答复之后又发送了 {type}。",
        "答复关闭之后就从应用返回。",
    ),
    "lifespan-ended-early": (
        "应用提前离开了 lifespan",
        "应用在启动之后就返回了，收不到关闭消息，也就没有机会清理。",
        "留在这个 scope 里：不断 `await receive()`，直到 lifespan.shutdown 到来。",
    ),
}
