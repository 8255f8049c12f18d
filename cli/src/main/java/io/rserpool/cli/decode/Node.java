package io.rserpool.cli.decode;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A message, parameter or error cause as it is shown: where it starts, its name, its fields in
/// order, and what is inside it.
///
/// @param offset counted from the start of the message
/// @param fields texts and numbers, by name
record Node(int offset, String name, Map<String, Object> fields, List<Node> inner) {

  Node {
    inner = List.copyOf(inner);
  }

  /// Collects the fields of a node in order.
  static final class Fields {
    private final Map<String, Object> values = new LinkedHashMap<>();

    Fields put(String name, Object value) {
      values.put(name, value);
      return this;
    }

    /// An identifier, shown in hexadecimal digits.
    Fields putId(String name, int value) {
      return put(name, "0x%08x".formatted(value));
    }

    Map<String, Object> all() {
      return values;
    }
  }
}
