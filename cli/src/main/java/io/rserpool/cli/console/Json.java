package io.rserpool.cli.console;

import io.avaje.json.mapper.JsonMapper;
import java.util.LinkedHashMap;
import java.util.Map;

/// One JSON object whose members keep the order in which they were put.
public final class Json {
  private final Map<String, Object> members = new LinkedHashMap<>();

  /// Adds a member: text, a number, a truth value, a list of these, or another object's
  /// [#members].
  public Json put(String name, Object value) {
    members.put(name, value instanceof Json json ? json.members : value);
    return this;
  }

  /// The members, to stand inside a list.
  public Map<String, Object> members() {
    return members;
  }

  /// The object on one line.
  @Override
  public String toString() {
    return JsonMapper.builder().build().toJson(members);
  }
}
