package io.rserpool.wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/// One message of the file of examples that the specification comes with: its bytes and what they
/// say.
///
/// @param fields as in the file: maps, lists, strings and numbers
record Vector(
    String name,
    Protocol protocol,
    byte[] bytes,
    LengthForm lengthForm,
    Map<String, Object> fields) {

  /// All examples of ASAP and ENRP, in the order of the file. JSON is read as the YAML that it is.
  static List<Vector> all() {
    try (InputStream in =
        Objects.requireNonNull(Vector.class.getResourceAsStream("vectors.json"))) {
      Object root = new Load(LoadSettings.builder().build()).loadFromInputStream(in);
      return list(root).stream()
          .map(Vector::map)
          .filter(map -> map.get("protocol").equals("ASAP") || map.get("protocol").equals("ENRP"))
          .map(Vector::of)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The example with the given name.
  static Vector named(String name) {
    return all().stream().filter(vector -> vector.name.equals(name)).findFirst().orElseThrow();
  }

  private static Vector of(Map<String, Object> map) {
    return new Vector(
        (String) map.get("name"),
        Protocol.valueOf((String) map.get("protocol")),
        HexFormat.of().parseHex((String) map.get("hex")),
        map.get("lengthForm").equals("rfc") ? LengthForm.RFC : LengthForm.PADDING_COUNTED,
        map(map.get("fields")));
  }

  /// The value as a map with text keys.
  @SuppressWarnings("unchecked")
  static Map<String, Object> map(Object value) {
    return (Map<String, Object>) value;
  }

  /// The value as a list.
  @SuppressWarnings("unchecked")
  static List<Object> list(Object value) {
    return (List<Object>) value;
  }

  @Override
  public String toString() {
    return name;
  }
}
