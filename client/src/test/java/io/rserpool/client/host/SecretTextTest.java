package io.rserpool.client.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.rserpool.client.channel.Incoming;
import io.rserpool.client.channel.UserMessage;
import io.rserpool.engine.session.cookie.CookieKey;
import io.rserpool.engine.session.cookie.CookieKeyText;
import io.rserpool.engine.session.cookie.CookieKeys;
import io.rserpool.protocol.Octets;
import io.rserpool.protocol.asap.AsapCookie;
import io.rserpool.protocol.asap.AsapCookieEcho;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What this package and its neighbours say of secrets in texts: nothing.
final class SecretTextTest {

  private static final String SECRET = "a secret of the service";

  @TempDir Path directory;

  @Test
  void textsOfCookieKeysHaveNothingOfTheKeys() {
    CookieKeys keys = CookieKeys.create(new SplittableRandom(7), 1_000);
    Path path = directory.resolve("cookie.keys");
    CookieKeys written = CookieKeyFile.create(path);
    List<String> secrets =
        List.of(
            CookieKeyText.format(keys).getLast().split(" ")[1],
            CookieKeyText.format(written).getLast().split(" ")[1]);
    CookieKey one = keys.all().getFirst();
    for (Object text :
        List.of(keys, one, Cookies.sealed(keys), CookieKeyFile.open(path), written)) {
      assertThat(text.toString()).doesNotContain(secrets).doesNotContain("[B@");
    }
  }

  @Test
  void textsOfWhatIsReceivedHaveNothingOfCookiesAndData() {
    Octets cookie = Octets.ofUtf8(SECRET);
    byte[] bytes = SECRET.getBytes(StandardCharsets.UTF_8);
    for (Object text :
        List.of(
            new Incoming.Control(new AsapCookie(cookie)),
            new Incoming.Control(new AsapCookieEcho(cookie)),
            new UserMessage(bytes, 7),
            new SessionInput.CookieEcho(bytes),
            new SessionInput.Data(new UserMessage(bytes, 7)))) {
      assertThat(text.toString())
          .doesNotContain("secret")
          .doesNotContainIgnoringCase(HexFormat.of().formatHex(bytes));
    }
    assertThat(new Incoming.Control(new AsapCookie(cookie))).hasToString("Control[COOKIE]");
  }
}
