package io.rserpool.house;

import java.util.List;

/// Something that a class file refers to: a type, or a method or field of a type.
///
/// @param owner the type's internal name, e.g. `java/lang/System`
/// @param member the member's name, or empty for the type as such
/// @param descriptor the member's descriptor, or empty
record Reference(String owner, String member, String descriptor) {

  /// Whether the type is one of these; a name that ends with `/` or `*` stands for all that start
  /// so.
  boolean isOf(String... types) {
    return List.of(types).stream().anyMatch(this::isOf);
  }

  private boolean isOf(String type) {
    return switch (type.charAt(type.length() - 1)) {
      case '*' -> owner.startsWith(type.substring(0, type.length() - 1));
      case '/' -> owner.startsWith(type);
      default -> owner.equals(type);
    };
  }

  /// Whether it is a member of that type with one of these names.
  boolean is(String type, String... members) {
    return isOf(type) && List.of(members).contains(member);
  }

  /// Whether it is that member with exactly that list of arguments, e.g. `(J)`.
  boolean isExactly(String type, String name, String arguments) {
    return is(type, name) && descriptor.startsWith(arguments);
  }

  @Override
  public String toString() {
    String type = owner.replace('/', '.');
    if (member.isEmpty()) {
      return type;
    }
    return member.equals("<init>") ? "new " + type : type + "." + member;
  }
}
