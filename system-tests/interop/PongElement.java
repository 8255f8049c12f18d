import io.rserpool.client.NoRegistrarException;
import io.rserpool.client.PoolElement;
import io.rserpool.client.Registration;
import io.rserpool.client.Scope;
import io.rserpool.client.channel.Channel;
import io.rserpool.client.channel.Channels;
import io.rserpool.client.channel.Incoming;
import io.rserpool.client.channel.ServicePort;
import io.rserpool.client.channel.UserMessage;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.Octets;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.protocol.Profile;
import io.rserpool.protocol.TransportAddress;
import io.rserpool.protocol.asap.AsapCookie;
import io.rserpool.protocol.asap.AsapCookieEcho;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// An element of PingPong over SCTP, by channels alone: `PongElement REGISTRAR POOL ID`.
final class PongElement {

  private static final long MARK =
      ByteBuffer.wrap("<PP-TD1>".getBytes(StandardCharsets.US_ASCII)).getLong();
  private static final int PPID = 33;

  public static void main(String[] args) throws IOException {
    Profile profile = args[0].startsWith("sctp") ? Profile.RSPLIB : Profile.STANDARD;
    Scope scope = Scope.of(args[0]).withProfile(profile);
    ServicePort port = Channels.listen(TransportAddress.Kind.SCTP, scope.serviceAddresses(TransportAddress.Kind.SCTP), 0);
    System.out.println("listens at " + port.address());
    Registration registration =
        Registration.builder(PoolHandle.of(args[1]), port.address())
            .elementId(ElementId.of(Integer.decode(args[2])))
            .build();
    PoolElement element = register(scope, registration);
    System.out.println("registered as " + element);
    while (true) {
      Channel user = port.accept();
      System.out.println("user from " + user.peer());
      Thread.ofVirtual().start(() -> serve(user));
    }
  }

  /// The guest may be so slow that the first registrations are given up.
  private static PoolElement register(Scope scope, Registration registration) {
    for (int attempt = 1; ; attempt++) {
      try {
        return PoolElement.register(scope, registration);
      } catch (NoRegistrarException e) {
        if (attempt == 5) {
          throw e;
        }
      }
    }
  }

  private static void serve(Channel user) {
    try (user) {
      long replyNo = 1;
      while (true) {
        switch (user.receive(Channel.FOREVER)) {
          case UserMessage message -> {
            if (message.payloadProtocolId() != PPID) {
              user.send(message);
              continue;
            }
            user.send(new UserMessage(pong(message.bytes(), replyNo++), PPID));
            byte[] cookie = ByteBuffer.allocate(16).putLong(MARK).putLong(replyNo).array();
            user.sendControl(new AsapCookie(Octets.of(cookie)));
          }
          case Incoming.Control(AsapCookieEcho echo) -> {
            replyNo = ByteBuffer.wrap(echo.cookie().toBytes()).getLong(8);
            System.out.println("cookie echo: reply " + replyNo + " is next");
          }
          case Incoming.Control other -> System.out.println("control " + other);
          case Incoming.Silence _ -> {}
          case Incoming.End _ -> {
            System.out.println("end of " + user.peer());
            return;
          }
        }
      }
    } catch (IOException e) {
      System.out.println("user lost: " + e.getMessage());
    }
  }

  private static byte[] pong(byte[] ping, long replyNo) {
    ByteBuffer in = ByteBuffer.wrap(ping);
    ByteBuffer out = ByteBuffer.allocate(ping.length + 8);
    out.put((byte) 2).put((byte) 0).putShort((short) (ping.length + 8));
    out.putLong(in.getLong(4)).putLong(replyNo).put(ping, 12, ping.length - 12);
    return out.array();
  }

  private PongElement() {}
}
