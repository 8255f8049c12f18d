/// The real world: sockets, and the event loop that owns an engine.
module io.rserpool.net {
  requires static org.jspecify;
  requires transitive io.rserpool.runtime;
  requires jdk.sctp;
  requires io.netty.buffer;
  requires io.netty.common;
  requires io.netty.transport;
  requires io.netty.handler;
  requires io.netty.codec;
  requires static io.netty.transport.classes.epoll;
  requires static io.netty.transport.unix.common;
  requires transitive org.slf4j;

  exports io.rserpool.net;
  exports io.rserpool.net.file to
      io.rserpool.client,
      io.rserpool.registrar;
  exports io.rserpool.net.gate to
      io.rserpool.client;
  exports io.rserpool.net.sctp;
  exports io.rserpool.net.status;
  exports io.rserpool.net.tls;
  exports io.rserpool.net.tunnel to
      io.rserpool.client,
      io.rserpool.cli;

  uses io.rserpool.net.sctp.SctpStack;

  provides io.rserpool.net.sctp.SctpStack with
      io.rserpool.net.kernel.KernelSctpStack;
}
