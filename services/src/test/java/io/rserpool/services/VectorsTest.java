package io.rserpool.services;

import static org.assertj.core.api.Assertions.assertThat;

import io.rserpool.protocol.Octets;
import io.rserpool.services.calculation.CalculationCookie;
import io.rserpool.services.calculation.CalculationMessage;
import io.rserpool.services.fractal.FractalCookie;
import io.rserpool.services.fractal.FractalMessage;
import io.rserpool.services.message.Reading;
import io.rserpool.services.pingpong.PingPongCookie;
import io.rserpool.services.pingpong.PingPongMessage;
import io.rserpool.services.scripting.ScriptingMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/// Every vector of the demo protocols is read to its fields and written back to its bytes.
final class VectorsTest {

  private static final long SEED = Long.getLong("rserpool.seed", 2960);

  private static final List<Function<byte[], Reading<?>>> DECODERS =
      List.of(
          FractalMessage::decode,
          PingPongMessage::decode,
          CalculationMessage::decode,
          ScriptingMessage::decode,
          FractalCookie::decode,
          PingPongCookie::decode,
          CalculationCookie::decode);

  record Vector(String name, String protocol, byte[] bytes, Map<?, ?> fields) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Vector> vectors() {
    // CSP is in module net.
    return load().filter(v -> !v.protocol().equals("ASAP") && !v.protocol().equals("CSP"));
  }

  static Stream<Vector> load() {
    try (InputStream input = VectorsTest.class.getResourceAsStream("/demo-vectors.json")) {
      // JSON is YAML.
      Object all =
          new Load(LoadSettings.builder().build())
              .loadFromString(new String(input.readAllBytes(), StandardCharsets.UTF_8));
      return ((List<?>) all)
          .stream()
              .map(each -> (Map<?, ?>) each)
              .map(each ->
                  new Vector(
                      (String) each.get("name"),
                      (String) each.get("protocol"),
                      Octets.ofHex((String) each.get("hex")).toBytes(),
                      (Map<?, ?>) each.get("fields")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void allVectorsOfTheFourProtocolsAreThere() {
    Map<String, Integer> counts = new TreeMap<>();
    vectors().forEach(vector -> counts.merge(vector.protocol(), 1, Integer::sum));
    assertThat(counts).isEqualTo(Map.of("CALCAPP", 7, "FGP", 3, "PPP", 2, "SSP", 11));
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void vectorIsReadToItsFieldsAndWrittenBack(Vector vector) {
    switch (vector.protocol()) {
      case "FGP" -> check(vector, FractalMessage.decode(vector.bytes()));
      case "PPP" -> check(vector, PingPongMessage.decode(vector.bytes()));
      case "CALCAPP" -> check(vector, CalculationMessage.decode(vector.bytes()));
      case "SSP" -> check(vector, ScriptingMessage.decode(vector.bytes()));
      default -> throw new AssertionError("no codec for " + vector.protocol());
    }
  }

  private static void check(Vector vector, Reading<?> reading) {
    Object message = reading.orElseThrow(AssertionError::new);
    Map<String, Object> fields = new TreeMap<>();
    byte[] written = describe(message, fields);
    assertThat(written).as(vector.name()).isEqualTo(vector.bytes());
    Map<String, Object> expected = new TreeMap<>();
    vector.fields().forEach((key, value) -> expected.put((String) key, widened(value)));
    expected.remove("length");
    expected.remove("messageType");
    expected.remove("flags");
    expected.remove("version");
    assertThat(fields).as(vector.name()).isEqualTo(expected);
  }

  private static Object widened(Object value) {
    return switch (value) {
      case Integer i -> (Object) i.longValue();
      case List<?> list -> list.stream().map(VectorsTest::widened).toList();
      case Map<?, ?> map -> {
        Map<Object, Object> wide = new TreeMap<>();
        map.forEach((k, v) -> wide.put(k, widened(v)));
        yield wide;
      }
      default -> value;
    };
  }

  private static byte[] describe(Object message, Map<String, Object> fields) {
    fields.put("messageName", message.getClass().getSimpleName());
    return switch (message) {
      case FractalMessage.Parameter p -> {
        fields.putAll(Map.of("width", p.width(), "height", p.height(), "n", p.n()));
        fields.put("maxIterations", p.maxIterations());
        fields.put("algorithmId", p.algorithmId());
        fields.put("c1", List.of(p.c1Real(), p.c1Imag()));
        fields.put("c2", List.of(p.c2Real(), p.c2Imag()));
        yield p.encode();
      }
      case FractalMessage.Data d -> {
        fields.put("startX", d.startX());
        fields.put("startY", d.startY());
        fields.put("points", (long) d.points().length);
        fields.put("buffer", Arrays.stream(d.points()).mapToObj(i -> (Object) (long) i).toList());
        yield d.encode();
      }
      case PingPongMessage.Ping p -> {
        fields.put("messageNo", p.messageNo());
        fields.put("dataHex", p.data().toHex());
        yield p.encode();
      }
      case PingPongMessage.Pong p -> {
        fields.put("messageNo", p.messageNo());
        fields.put("replyNo", p.replyNo());
        fields.put("dataHex", p.data().toHex());
        yield p.encode();
      }
      case CalculationMessage c -> {
        fields.put("messageName", camelCase(c.type().name()));
        fields.put("jobId", c.jobId());
        fields.put("jobSize", c.jobSize());
        fields.put("completed", c.completed());
        yield c.encode();
      }
      case ScriptingMessage s -> describe(s, fields);
      default -> throw new AssertionError(message);
    };
  }

  private static byte[] describe(ScriptingMessage message, Map<String, Object> fields) {
    switch (message) {
      case ScriptingMessage.NotReady m -> {
        fields.put("reason", m.reason());
        fields.put("info", m.info().toDisplay());
      }
      case ScriptingMessage.Ready m -> fields.put("info", m.info().toDisplay());
      case ScriptingMessage.Upload m -> fields.put("dataHex", m.data().toHex());
      case ScriptingMessage.Download m -> fields.put("dataHex", m.data().toHex());
      case ScriptingMessage.KeepAlive _ -> {
        // No fields.
      }
      case ScriptingMessage.KeepAliveAck m -> fields.put("status", m.status());
      case ScriptingMessage.Status m -> fields.put("status", m.status());
      case ScriptingMessage.Environment m -> fields.put("hashHex", m.hash().toHex());
    }
    return message.encode();
  }

  private static String camelCase(String constant) {
    StringBuilder text = new StringBuilder();
    for (String word : constant.split("_", -1)) {
      text.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
    }
    return text.toString();
  }

  @Test
  void cookiesAreReadAndWrittenBack() {
    load()
        .filter(vector -> vector.name().contains("_cookie_in_asap_cookie"))
        .forEach(vector -> {
          // ASAP_COOKIE: header 4, parameter header 4, then the cookie.
          byte[] cookie = Arrays.copyOfRange(vector.bytes(), 8, vector.bytes().length);
          byte[] written =
              vector.name().startsWith("calcapp")
                  ? CalculationCookie.decode(cookie).orElseThrow(AssertionError::new).encode()
                  : FractalCookie.decode(cookie).orElseThrow(AssertionError::new).encode();
          assertThat(written).as(vector.name()).isEqualTo(cookie);
        });
    assertThat(FractalCookie.decode(new byte[76])).isInstanceOf(Reading.Fault.class);
    PingPongCookie cookie = new PingPongCookie(43);
    assertThat(PingPongCookie.decode(cookie.encode())).isEqualTo(Reading.of(cookie));
    assertThat(PingPongCookie.decode(new byte[16])).isInstanceOf(Reading.Fault.class);
  }

  @Test
  void cookieOfRsplibWithItsWrongInnerLengthIsRead() {
    FractalCookie cookie =
        new FractalCookie(
            new FractalMessage.Parameter(400, 250, 1024, 1, -1.5, 1.5, 1.5, -1.5, 2.0), 100, 25);
    byte[] bytes = cookie.encode();
    bytes[11] = 4;
    assertThat(FractalCookie.decode(bytes)).isEqualTo(Reading.of(cookie));
  }

  @Test
  void acknowledgementWithoutStatusIsReadAsRsplibsClientSendsIt() {
    assertThat(ScriptingMessage.decode(new byte[] {5, 0, 0, 4}))
        .isEqualTo(Reading.of(new ScriptingMessage.KeepAliveAck(0)));
  }

  @Test
  void truncatedVectorsAreFaultsAndNothingIsEverThrown() {
    vectors()
        .forEach(vector -> {
          for (int length = 0; length < vector.bytes().length; length++) {
            byte[] cut = Arrays.copyOf(vector.bytes(), length);
            for (Function<byte[], Reading<?>> decoder : DECODERS.subList(0, 4)) {
              assertThat(decoder.apply(cut)).isInstanceOf(Reading.Fault.class);
            }
          }
        });
  }

  @Test
  void flippedBitsAndRandomBytesNeverThrow() {
    SplittableRandom random = new SplittableRandom(SEED);
    int read = 0;
    for (Vector vector : load().toList()) {
      for (int bit = 0; bit < vector.bytes().length * 8; bit++) {
        byte[] flipped = vector.bytes().clone();
        flipped[bit / 8] ^= (byte) (1 << bit % 8);
        read += decodeAll(flipped);
      }
    }
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = new byte[random.nextInt(4, 100)];
      random.nextBytes(bytes);
      bytes[0] &= 7;
      bytes[2] = 0;
      bytes[3] = (byte) bytes.length;
      read += decodeAll(bytes);
    }
    assertThat(read).as("seed %d", SEED).isGreaterThan(1_000);
  }

  private static int decodeAll(byte[] bytes) {
    int read = 0;
    for (Function<byte[], Reading<?>> decoder : DECODERS) {
      try {
        read += decoder.apply(bytes) instanceof Reading.Value<?> ? 1 : 0;
      } catch (RuntimeException e) {
        throw new AssertionError(
            "%s; replay with -Drserpool.seed=%d".formatted(Octets.of(bytes).toHex(), SEED), e);
      }
    }
    return read;
  }
}
