package io.rserpool.net;

import io.netty.channel.Channel;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.time.Duration;

/// The kind of sockets that this JVM uses: native epoll where its library is there, since it alone
/// knows the user time-out of TCP and has timers finer than a millisecond; else those of the JDK.
interface Sockets {

  /// The best that is there.
  static Sockets get() {
    return Choice.BEST;
  }

  IoHandlerFactory ioHandlerFactory();

  Class<? extends ServerChannel> serverChannel();

  Class<? extends Channel> channel();

  /// Sets how long sent data may stay unacknowledged, if that can be set.
  void setUserTimeout(Channel channel, Duration timeout);

  /// A name for logs.
  @Override
  String toString();

  /// Chooses once.
  final class Choice {
    private static final Sockets BEST = choose();

    private Choice() {}

    private static Sockets choose() {
      try {
        return Epoll.isAvailable() ? new Native() : new Portable();
      } catch (LinkageError _) {
        // The epoll classes are an optional dependency.
        return new Portable();
      }
    }
  }

  /// Linux epoll.
  final class Native implements Sockets {
    @Override
    public IoHandlerFactory ioHandlerFactory() {
      return EpollIoHandler.newFactory();
    }

    @Override
    public Class<? extends ServerChannel> serverChannel() {
      return EpollServerSocketChannel.class;
    }

    @Override
    public Class<? extends Channel> channel() {
      return EpollSocketChannel.class;
    }

    @Override
    public void setUserTimeout(Channel channel, Duration timeout) {
      channel.config().setOption(EpollChannelOption.TCP_USER_TIMEOUT, (int) timeout.toMillis());
    }

    @Override
    public String toString() {
      return "epoll";
    }
  }

  /// The JDK's selector.
  final class Portable implements Sockets {
    @Override
    public IoHandlerFactory ioHandlerFactory() {
      return NioIoHandler.newFactory();
    }

    @Override
    public Class<? extends ServerChannel> serverChannel() {
      return NioServerSocketChannel.class;
    }

    @Override
    public Class<? extends Channel> channel() {
      return NioSocketChannel.class;
    }

    @Override
    public void setUserTimeout(Channel channel, Duration timeout) {
      // The JDK has no such option; the engine's own deadlines find the silent peer.
    }

    @Override
    public String toString() {
      return "nio";
    }
  }
}
