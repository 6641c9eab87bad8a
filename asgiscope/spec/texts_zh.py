"""每条规则的中文说明：标题、发现了什么、怎么改。"""

from __future__ import annotations

from typing import Final

DID_YOU_MEAN: Final = "是不是想写 {nearest}？"

TEXTS: Final[dict[str, tuple[str, str, str]]] = {
    "app-import": (
        "应用加载失败",
        "加载代码时抛出了 {exception}。",
        "修正这一行；应用还没有被调用。",
    ),
    "app-not-callable": (
        "应用不可调用",
        "应用是一个 {found}；服务器要用 scope、receive、send 三个参数调用它。",
        "写成 `async def app(scope, receive, send)`，或者给出带有这样的 `__call__` 的对象。"
        "中间件工厂必须是普通的 `def`，不能是 `async def`。",
    ),
    "app-signature": (
        "应用的参数不对",
        "服务器用三个参数调用应用，而它的签名是 {found}。",
        "写成 `async def app(scope, receive, send)`。",
    ),
    "app-not-awaitable": (
        "应用没有返回可等待对象",
        "调用应用得到 {found}，它不能被 await。",
        "用 `async def` 定义应用，并且 await 内层应用的调用。",
    ),
    "app-two-callables": (
        "应用用的是 ASGI 2 的形式",
        "应用只接受 scope，再返回第二个可调用对象，这是 ASGI 2.0 的写法。",
        "改成一个接受三个参数的可调用对象；旧形式是历史遗留，服务器正在逐步放弃。",
    ),
    "app-raised": (
        "应用抛出了异常",
        "应用以 {exception} 结束。",
        "在应用里处理这个异常。服务器能做的只有答复 500，或者切断已经开始的响应。",
    ),
    "app-stuck": (
        "应用在等永远不会来的东西",
        "已经没有任何东西能唤醒它：没有定时器，也没有待送的消息。",
        "看看这一行在等什么，本该由谁来唤醒。",
    ),
    "app-over-budget": (
        "运行被中止",
        "虚拟时间过了 {seconds} 秒仍未结束（触及的上限：{limit}）。",
        "让循环能够结束：对于流，在 `receive()` 给出 http.disconnect 或 `send()` 抛出异常时停下。",
    ),
    "app-tasks-left": (
        "留下了没有结束的任务",
        "运行结束时，应用还有 {count} 个任务在运行。",
        "应用返回之前，要等待或取消自己创建的任务。",
    ),
    "send-not-awaited": (
        "send() 没有被 await",
        "`send(...)` 只是创建了一个协程；不写 `await` 就什么也没有发送。",
        "写成 `await send(...)`。",
    ),
    "receive-not-awaited": (
        "receive() 没有被 await",
        "`receive()` 只是创建了一个协程；不写 `await` 就什么也没有收到。",
        "写成 `await receive()`。",
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
        "交给 send() 的是 {found}。",
        '发送带有 "type" 键的字典。',
    ),
    "message-type-missing": (
        "消息没有类型",
        '缺少 "type" 键，或者它不是 str。',
        '给消息加上 "type"，例如 "http.response.start"。',
    ),
    "message-type-unknown": (
        "没有这种消息",
        "规范里没有应用可以发送的消息 {type}。{hint}",
        "检查类型的拼写。",
    ),
    "message-of-server": (
        "这是服务器发来的消息",
        "{type} 由 receive() 返回，应用不能发送它。",
        "改为发送属于应用一方的消息。",
    ),
    "message-of-other-protocol": (
        "消息属于另一个协议",
        "在类型为 {protocol} 的连接上发送了 {type}。",
        '答复之前先看 scope["type"]。',
    ),
    "message-key-missing": (
        "缺少必需的键",
        "{type} 必须有 {key} 键。",
        "补上 {key} 键。",
    ),
    "message-key-type": (
        "值的类型不对",
        "{type} 的 {key} 键应为 {expected}，实际是 {found}。",
        "ASGI 的消息体和头部用 bytes，不用 str：字面量前面加 b，别处用 .encode()。",
    ),
    "message-key-unknown": (
        "规范里没有这个键",
        "{type} 没有 {key} 这个键。{hint}服务器会忽略不认识的键。",
        "检查拼写，或者去掉它。",
    ),
    "message-bytes-like": (
        "不完全是 bytes",
        "{type} 的 {key} 键是 {found}；规范只允许 bytes，有的服务器会拒绝它。",
        "用 bytes(...) 转换。",
    ),
    "extension-not-offered": (
        "服务器没有提供这个扩展",
        '只有当 scope["extensions"] 里有 {extension} 时，才能发送 {type}。',
        '先在 scope.get("extensions", {{}}) 里查找 {extension}，没有时换一种做法。',
    ),
    "http-start-first": (
        "响应还没有开始",
        "在 http.response.start 之前发送了 {type}。",
        "先发送带有状态码的 http.response.start。",
    ),
    "http-start-once": (
        "响应开始了两次",
        "又发送了一次 {type}；状态码和头部一旦发出就不能再改。",
        "只发送一次。错误处理代码必须知道响应是否已经开始。",
    ),
    "http-after-complete": (
        "响应已经结束",
        "{type} 出现在最后一条消息体（没有 more_body 的那一条）之后，会被忽略。",
        "除了最后一条，每条消息体都设 more_body 为 True；或者不要再发送。",
    ),
    "http-after-disconnect": (
        "客户端已经离开",
        "客户端断开之后又发送了 {type}；send() 抛出 OSError。",
        "清理好手里的资源，让异常结束应用。",
    ),
    "http-no-response": (
        "没有响应",
        "应用结束了，或者一直在等，却没有发送 http.response.start。",
        "每条分支都要发送响应；检查是否漏了 await，或者过早 return。",
    ),
    "http-response-unfinished": (
        "响应没有结束",
        "响应已经开始，但一直没有等到最后一条消息体。",
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
        "去掉它们。不要把未经检查的输入放进头部：一个换行就能夹带另一个头部。",
    ),
    "http-transfer-encoding": (
        "transfer-encoding 会被忽略",
        "响应怎样分块由服务器决定，这个头部会被忽略。",
        "去掉它。",
    ),
    "http-status-range": (
        "这不是响应的状态码",
        "状态码是 {status}；最终响应的状态码在 200 到 599 之间。",
        "使用 200 到 599 之间的状态码。",
    ),
    "http-content-length-invalid": (
        "content-length 不是长度",
        "content-length 头部的内容是 {found}。",
        "只发送一个由数字组成的 content-length，或者不发送。",
    ),
    "http-content-length-long": (
        "消息体比 content-length 长",
        "content-length 声明了 {declared} 字节，加上这一条就是 {sent} 字节。",
        "按字节（而不是字符）计算长度，或者去掉这个头部。",
    ),
    "http-content-length-short": (
        "消息体比 content-length 短",
        "content-length 声明了 {declared} 字节，消息体却在 {sent} 字节处结束：客户端会一直等剩下的部分。",
        "按实际发送的字节计算长度，或者去掉这个头部。",
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
        "http.response.start 声明了尾部，服务器还在等。",
        "在最后一条消息体之后发送 http.response.trailers。",
    ),
    "http-body-before-trailers": (
        "消息体已经结束",
        "{type} 出现在最后一条消息体之后，这里该发送的是尾部。",
        "在消息体结束之前发送它。",
    ),
    "http-push-early": (
        "推送早于响应的开始",
        "{type} 只能在 http.response.start 之后发送。",
        "先发送 http.response.start。",
    ),
    "http-early-hint-early": (
        "早期提示早于响应的开始",
        "按照扩展的条文，{type} 只能在 http.response.start 之后发送。",
        "如果按条文来，就先发送 http.response.start；实现了早期提示的服务器，做法各不相同。",
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
        "在 websocket.accept 之前发送了 {type}。",
        "先发送 websocket.accept。",
    ),
    "websocket-accept-once": (
        "握手答复了两次",
        "连接已经打开，又发送了 {type}。",
        "只接受一次。",
    ),
    "websocket-connect-first": (
        "还没有收到 websocket.connect",
        "{type} 是对 websocket.connect 的答复，而应用还没有取走它。",
        "先 await receive()；有的服务器坚持这个顺序。",
    ),
    "websocket-no-reply": (
        "握手一直没有答复",
        "应用结束了，或者一直在等，却没有发送 websocket.accept 或 websocket.close。",
        "每条分支都要答复 websocket.connect。",
    ),
    "websocket-not-closed": (
        "应用丢下了打开的连接",
        "应用没有发送 websocket.close 就返回了；服务器会替它关闭，所用的状态码各家不同。",
        "返回之前发送 websocket.close，让客户端看到你想给的状态码。",
    ),
    "websocket-after-close": (
        "连接已经关闭",
        "应用关闭或拒绝连接之后，又发送了 {type}。",
        "websocket.close 之后不要再发送；忘掉已经关闭的连接。",
    ),
    "websocket-after-disconnect": (
        "客户端已经离开",
        "客户端离开之后又发送了 {type}；send() 抛出 OSError。",
        "把这个异常当作连接的结束，做好清理。",
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
        "应用选了 {chosen}，而客户端提出的是：{offered}。",
        '从 scope["subprotocols"] 里选一个，或者不选。',
    ),
    "websocket-subprotocol-header": (
        "子协议不写在头部里",
        "websocket.accept 里有头部 sec-websocket-protocol。",
        "改用 subprotocol 键。",
    ),
    "websocket-close-code": (
        "这个关闭状态码不能发送",
        "{code} 不允许出现在关闭帧里。",
        "正常结束用 1000，出错用 1011，自定义用 4000 到 4999。",
    ),
    "websocket-close-reason-long": (
        "关闭原因太长",
        "原因占 {size} 字节，而关闭帧只容得下 123 字节。",
        "缩短它。",
    ),
    "websocket-denial-start-first": (
        "拒绝响应还没有开始",
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
        "响应已经开始，但一直没有等到最后一条消息体。",
        "用一条 more_body 为 False（或没有这个键）的 websocket.http.response.body 收尾。",
    ),
    "lifespan-unsupported": (
        "应用不参与 lifespan",
        "应用对 lifespan scope 抛出了 {exception}；服务器会照常继续。",
        "这是允许的。想参与的话，就处理 lifespan.startup 和 lifespan.shutdown。",
    ),
    "lifespan-startup-raised": (
        "启动时抛出了异常",
        "抛出了 {exception}。服务器会当作应用不支持 lifespan，照样开始服务。",
        "要阻止服务器启动，就发送 lifespan.startup.failed。",
    ),
    "lifespan-startup-first": (
        "还没有收到启动消息",
        "{type} 是对 lifespan.startup 的答复，而应用还没有取走它。",
        "先 await receive()。",
    ),
    "lifespan-startup-once": (
        "启动答复了两次",
        "启动结束之后又发送了 {type}。",
        "对 lifespan.startup 只答复一次。",
    ),
    "lifespan-startup-no-reply": (
        "启动没有得到答复",
        "应用结束了，却没有发送 startup.complete 或 startup.failed，服务器无从知道结果。",
        "发送其中一个，或者对 lifespan scope 抛出异常。",
    ),
    "lifespan-shutdown-first": (
        "还没有收到关闭消息",
        "{type} 是对 lifespan.shutdown 的答复，而服务器还没有发出它。",
        "不断 await receive()，直到得到 lifespan.shutdown。",
    ),
    "lifespan-shutdown-no-reply": (
        "关闭没有得到答复",
        "应用结束了，却没有发送 shutdown.complete 或 shutdown.failed。",
        "清理完之后发送 lifespan.shutdown.complete。",
    ),
    "lifespan-after-end": (
        "lifespan 已经结束",
        "在最后一次答复之后又发送了 {type}。",
        "答复关闭之后就从应用返回。",
    ),
    "lifespan-ended-early": (
        "应用提前离开了 lifespan",
        "应用在启动之后就返回了，因此收不到关闭消息。",
        "循环 await receive()，直到 lifespan.shutdown 到来。",
    ),
}
