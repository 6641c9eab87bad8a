// What the playground says, in Chinese.

export const words = {
  unknown: (name: string) => `没有名叫 ${name} 的例子。可以从上面的列表里选一个。`,
  failed: (title: string) =>
    `没有下载到“${title}”这个例子。联网后再选一次；网站可能刚更新过，也可以刷新页面。`,
};
