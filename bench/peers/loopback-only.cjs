// Preloaded into peers that would listen on every address of the machine.
const { Server } = require('node:net');

const { listen } = Server.prototype;
Server.prototype.listen = function listenOnLoopback(...args) {
  const [first, ...rest] = args;
  if (typeof first === 'number') {
    return listen.call(
      this,
      { port: first, host: '127.0.0.1' },
      ...rest.filter((value) => typeof value === 'function'),
    );
  }
  if (typeof first === 'object' && first !== null && 'port' in first) {
    return listen.call(this, { ...first, host: '127.0.0.1' }, ...rest);
  }
  return listen.apply(this, args);
};
