import io.rserpool.client.Failover;
import io.rserpool.client.NoRegistrarException;
import io.rserpool.client.PoolSession;
import io.rserpool.client.PoolUser;
import io.rserpool.client.Scope;
import io.rserpool.client.SessionOptions;
import io.rserpool.client.channel.Channel;
import io.rserpool.client.channel.UserMessage;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.protocol.Profile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;

/// A user over SCTP until a file comes to be: `PingUser REGISTRAR POOL pingpong|echo FILE`. A line tells of
/// each answer and each move; the last one whether all was as it has to be. With one argument more, the
/// longest messages are echoed first.
final class PingUser {

  private static final int PONG = 2;

  private final boolean isEcho;
  private volatile byte[] question = {};
  private long number;
  private long answers;
  private long lastReply;
  private int moves;
  private int echoes;

  public static void main(String[] args) throws Exception {
    Profile profile = args[0].startsWith("sctp") ? Profile.RSPLIB : Profile.STANDARD;
    Scope scope = Scope.of(args[0]).withProfile(profile);
    PingUser pings = new PingUser(args[2].equals("echo"));
    try (PoolUser user = PoolUser.open(scope)) {
      SessionOptions options =
          SessionOptions.builder()
              .payloadProtocolId(pings.isEcho ? 4711 : 33)
              .listener(pings::moved)
              .build();
      try (PoolSession session = connect(user, PoolHandle.of(args[1]), options)) {
        System.out.println("element " + session.element());
        if (args.length > 4) {
          largest(session);
        }
        while (!Files.exists(Path.of(args[3]))) {
          pings.ask(session);
          Thread.sleep(300);
        }
      }
    }
    System.out.println(
        "well: " + pings.answers + " answers without a gap, " + pings.moves + " moves, "
            + pings.echoes + " cookie echoes");
  }

  /// The guest may be so slow that the first requests are given up.
  private static PoolSession connect(PoolUser user, PoolHandle pool, SessionOptions options) {
    for (int attempt = 1; ; attempt++) {
      try {
        return user.connect(pool, options);
      } catch (NoRegistrarException e) {
        if (attempt == 5) {
          throw e;
        }
      }
    }
  }

  private PingUser(boolean isEcho) {
    this.isEcho = isEcho;
  }

  private void moved(PoolSession session, Failover move) {
    moves++;
    echoes += move.cookieEchoed() ? 1 : 0;
    System.out.printf(
        "moved from %s to %s in %d ms: %s, %s, cookie echo %b%n",
        move.oldElement().elementId(),
        move.newElement().elementId(),
        move.duration().toMillis(),
        move.source(),
        move.reason(),
        move.cookieEchoed());
    session.send(question);
  }

  /// The longest message there and back, two of them at a time.
  private static void largest(PoolSession session) {
    byte[] bytes = new byte[Channel.MESSAGE_BYTES_MAX];
    session.send(new UserMessage(bytes, 7, 1));
    for (int i = 0; i < 20; i++) {
      session.send(new UserMessage(bytes, 7, 1));
      UserMessage back = session.receiveMessage(Duration.ofSeconds(30)).orElseThrow();
      require(
          back.bytes().length == bytes.length
              && back.payloadProtocolId() == 7
              && back.stream() == 1,
          "of the longest message came back " + back.bytes().length + " bytes");
    }
    session.receiveMessage(Duration.ofSeconds(30));
    System.out.println("the longest message came back 20 times");
  }

  private void ask(PoolSession session) {
    number++;
    byte[] text = ("ping " + number).getBytes(StandardCharsets.US_ASCII);
    question =
        isEcho
            ? text
            : ByteBuffer.allocate(12 + text.length)
                .put((byte) 1)
                .put((byte) 0)
                .putShort((short) (12 + text.length))
                .putLong(number)
                .put(text)
                .array();
    session.send(question);
    while (!isAnswered(session, text)) {
      // That was the answer to a question that was asked twice, because its element was gone.
    }
  }

  private boolean isAnswered(PoolSession session, byte[] text) {
    UserMessage answer = session.receiveMessage(Duration.ofSeconds(30)).orElseThrow();
    require(
        answer.payloadProtocolId() == (isEcho ? 4711 : 33),
        "payload protocol " + answer.payloadProtocolId());
    if (isEcho) {
      require(Arrays.equals(answer.bytes(), text), "another echo");
      answers++;
      System.out.println("answer " + number + " of " + session.sender());
      return true;
    }
    ByteBuffer pong = ByteBuffer.wrap(answer.bytes());
    long asked = pong.getLong(4);
    long reply = pong.getLong(12);
    require(pong.get(0) == PONG && asked <= number, "another pong: " + asked);
    require(lastReply == 0 || reply == lastReply + 1, "reply " + reply + " after " + lastReply);
    lastReply = reply;
    answers++;
    System.out.println("answer " + asked + " reply " + reply + " of " + session.sender());
    return asked == number;
  }

  private static void require(boolean isTrue, String what) {
    if (!isTrue) {
      throw new IllegalStateException(what);
    }
  }
}
