package io.rserpool.bench.session;

import io.rserpool.cli.logging.LogLevel;
import io.rserpool.client.PoolElement;
import io.rserpool.client.Registration;
import io.rserpool.client.Scope;
import io.rserpool.client.host.Cookies;
import io.rserpool.client.host.HostOptions;
import io.rserpool.client.host.Service;
import io.rserpool.client.host.ServiceHost;
import io.rserpool.client.host.ServiceSession;
import io.rserpool.client.host.SessionInput;
import io.rserpool.engine.session.cookie.CookieKeys;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.protocol.TransportAddress;
import io.rserpool.protocol.TransportUse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;

/// All servers for the overhead of sessions in one process: for each job a loop around a server socket
/// and nothing more, which is a pool element as well; and service hosts. Prints the ports of the loops.
public final class OverheadServer {

  static final String BARE = "bare";
  static final String HOST = "host";
  static final String FRAMED = "framed";
  static final String COOKIES = "cookies";

  /// What an element might have to tell its successor.
  private static final int COOKIE_SIZE = 64;

  private static final int BUFFER_SIZE = 16 * 1024;

  private OverheadServer() {}

  /// Argument: address of a registrar.
  public static void main(String[] args) throws IOException {
    LogLevel.ERROR.choose();
    Scope scope = Scope.of(args[0]);
    CookieKeys keys = CookieKeys.create(new SecureRandom(), System.currentTimeMillis());
    StringBuilder ports = new StringBuilder();
    List<AutoCloseable> held = new ArrayList<>();
    for (Job job : Job.values()) {
      ServerSocket socket = new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
      Thread.ofPlatform().daemon().name(job.pool(BARE)).start(() -> loop(socket, job));
      PoolHandle pool = PoolHandle.of(job.pool(BARE));
      held.add(PoolElement.register(scope, Registration.of(pool, socket.getLocalPort())));
      held.add(ServiceHost.start(scope, service(job, false), options(job, HOST).build()));
      held.add(ServiceHost.start(scope, service(job, false), framed(job, FRAMED).build()));
      held.add(
          ServiceHost.start(
              scope,
              service(job, true),
              framed(job, COOKIES).cookies(Cookies.sealed(keys)).build()));
      ports.append(job).append('=').append(socket.getLocalPort()).append(' ');
    }
    System.out.println(ports);
    Talker.listen(_ -> held.size() + " are registered");
  }

  private static void loop(ServerSocket socket, Job job) {
    while (true) {
      try {
        Socket user = socket.accept();
        user.setTcpNoDelay(true);
        Thread.ofPlatform().daemon().name("user").start(() -> serve(user, job));
      } catch (IOException e) {
        System.err.println("a user was not accepted: " + e.getMessage());
      }
    }
  }

  private static void serve(Socket user, Job job) {
    try (user) {
      InputStream in = user.getInputStream();
      OutputStream out = user.getOutputStream();
      byte[] buffer = new byte[BUFFER_SIZE];
      switch (job) {
        case ECHO -> {
          for (int count = in.read(buffer); count > 0; count = in.read(buffer)) {
            out.write(buffer, 0, count);
          }
        }
        case SINK -> {
          long total = 0;
          for (int count = in.read(buffer); count > 0; count = in.read(buffer)) {
            total += count;
          }
          out.write(number(total));
        }
        case SOURCE -> {
          byte[] piece = new byte[size(in.readNBytes(Job.NUMBER_SIZE))];
          while (true) {
            out.write(piece);
          }
        }
      }
    } catch (IOException _) {
      // The user has gone.
    }
  }

  private static HostOptions.Builder options(Job job, String kind) {
    return HostOptions.builder(PoolHandle.of(job.pool(kind)));
  }

  private static HostOptions.Builder framed(Job job, String kind) {
    return options(job, kind).transport(TransportAddress.Kind.TCP, TransportUse.DATA_PLUS_CONTROL);
  }

  private static Service service(Job job, boolean hasCookies) {
    return switch (job) {
      case ECHO -> session -> echo(session, hasCookies);
      case SINK -> OverheadServer::sink;
      case SOURCE -> OverheadServer::source;
    };
  }

  private static void echo(ServiceSession session, boolean hasCookies) throws IOException {
    byte[] state = new byte[COOKIE_SIZE];
    while (session.receive() instanceof SessionInput.Data(var message)) {
      session.send(message);
      if (hasCookies) {
        session.sendCookie(state);
      }
    }
  }

  private static void sink(ServiceSession session) throws IOException {
    long total = 0;
    while (session.receive() instanceof SessionInput.Data(var message)) {
      total += message.bytes().length;
    }
    session.send(number(total));
  }

  private static void source(ServiceSession session) throws IOException {
    if (session.receive() instanceof SessionInput.Data(var message)) {
      byte[] piece = new byte[size(message.bytes())];
      while (!session.isEnding()) {
        session.send(piece);
      }
    }
  }

  static byte[] number(long value) {
    return ByteBuffer.allocate(Job.NUMBER_SIZE).putLong(value).array();
  }

  private static int size(byte[] number) {
    return Math.toIntExact(ByteBuffer.wrap(number).getLong());
  }
}
