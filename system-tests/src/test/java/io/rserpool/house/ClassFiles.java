package io.rserpool.house;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeModel;
import java.lang.classfile.Instruction;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.constantpool.Utf8Entry;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LocalVariable;
import java.lang.classfile.instruction.StoreInstruction;
import java.lang.reflect.AccessFlag;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Reads compiled classes and tells which house rules they break, one sentence for each.
///
/// It looks at class files, since they hold every call in one plain form, whatever the source looks
/// like: method references, static imports and what a lambda calls included.
final class ClassFiles {

  private static final Pattern TYPE_IN_DESCRIPTOR = Pattern.compile("L([\\w/$]+)[;<]");
  private static final List<String> GENERIC_EXCEPTIONS =
      List.of(
          "java/lang/Throwable",
          "java/lang/Error",
          "java/lang/Exception",
          "java/lang/RuntimeException");

  private ClassFiles() {}

  /// All classes below a folder, in the order of their paths; none if there is no such folder.
  static List<ClassModel> below(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".class"))
          .filter(file -> !file.endsWith("module-info.class"))
          .sorted()
          .map(ClassFiles::parse)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ClassModel parse(Path file) {
    try {
      return ClassFile.of().parse(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String name(ClassModel type) {
    return type.thisClass().asInternalName().replace('/', '.');
  }

  /// References of a class that one of the bans names.
  static List<String> banned(ClassModel type, List<Ban> bans) {
    List<String> broken = new ArrayList<>();
    for (Reference reference : references(type)) {
      for (Ban ban : bans) {
        if (ban.refersToIt().test(reference)) {
          broken.add(
              "%s uses %s (%s): %s".formatted(name(type), reference, ban.name(), ban.instead()));
        }
      }
    }
    return broken;
  }

  private static Set<Reference> references(ClassModel type) {
    Set<Reference> references = new LinkedHashSet<>();
    for (var entry : type.constantPool()) {
      switch (entry) {
        case ClassEntry e -> references.add(new Reference(elementType(e.asInternalName()), "", ""));
        case MemberRefEntry e ->
            references.add(
                new Reference(
                    elementType(e.owner().asInternalName()),
                    e.name().stringValue(),
                    e.type().stringValue()));
        // Descriptors, signatures and annotation types are plain text in a class file, and so are
        // string constants; one that looks like a descriptor is unlikely enough.
        case Utf8Entry e -> {
          Matcher matcher = TYPE_IN_DESCRIPTOR.matcher(e.stringValue());
          while (matcher.find()) {
            references.add(new Reference(matcher.group(1), "", ""));
          }
        }
        default -> {}
      }
    }
    return references;
  }

  private static String elementType(String internalName) {
    return internalName.startsWith("[") ? internalName.replaceAll("^\\[+L?|;$", "") : internalName;
  }

  /// Synchronized code and volatile fields.
  static List<String> locks(ClassModel type) {
    List<String> broken = new ArrayList<>();
    type.fields().stream()
        .filter(field -> field.flags().has(AccessFlag.VOLATILE))
        .forEach(field ->
            broken.add(name(type) + " has a volatile field " + field.fieldName().stringValue()));
    for (MethodModel method : type.methods()) {
      if (method.flags().has(AccessFlag.SYNCHRONIZED)
          || instructions(method).anyMatch(i -> i.opcode() == Opcode.MONITORENTER)) {
        broken.add(where(type, method) + " synchronizes; an engine has one owner thread instead");
      }
    }
    return broken;
  }

  /// Hash tables that are not held by their own type. The ban on their iteration goes by the type
  /// that the code names, so `Map<K, V> m = new HashMap<>()` would hide `m.keySet()` from it.
  static List<String> disguisedHashTables(ClassModel type) {
    List<String> broken = new ArrayList<>();
    for (MethodModel method : type.methods()) {
      method
          .code()
          .filter(ClassFiles::hidesAHashTable)
          .ifPresent(_ ->
              broken.add(
                  where(type, method)
                      + " makes a hash table whose variable or field is not declared by that very"
                      + " type (HashMap<K, V> m = new HashMap<>()), so nobody can see that it is"
                      + " never iterated over; else use one that has an order"));
    }
    return broken;
  }

  private static boolean hidesAHashTable(CodeModel code) {
    List<LocalVariable> variables = new ArrayList<>();
    code.forEach(element -> {
      if (element instanceof LocalVariable variable) {
        variables.add(variable);
      }
    });
    boolean made = false;
    int at = 0;
    for (var element : code) {
      if (!(element instanceof Instruction instruction)) {
        continue;
      }
      at += instruction.sizeInBytes();
      if (made && !staysHashTable(instruction, variables, code, at)) {
        return true;
      }
      made =
          instruction instanceof InvokeInstruction call
              && call.opcode() == Opcode.INVOKESPECIAL
              && call.name().equalsString("<init>")
              && Bans.isHashed(call.owner().asInternalName());
    }
    return false;
  }

  /// Whether the instruction stores what was just made in a variable or field of that very kind.
  private static boolean staysHashTable(
      Instruction next, List<LocalVariable> variables, CodeModel code, int after) {
    return switch (next) {
      case FieldInstruction field -> Bans.isHashed(internalName(field.type().stringValue()));
      case StoreInstruction store ->
          variables.stream()
              .filter(variable -> variable.slot() == store.slot())
              .filter(variable -> offset(code, variable) == after)
              .allMatch(variable -> Bans.isHashed(internalName(variable.type().stringValue())));
      default -> next.opcode() == Opcode.POP;
    };
  }

  private static int offset(CodeModel code, LocalVariable variable) {
    return ((CodeAttribute) code).labelToBci(variable.startScope());
  }

  private static String internalName(String descriptor) {
    return descriptor.startsWith("L") ? descriptor.substring(1, descriptor.length() - 1) : "";
  }

  /// Exceptions that say nothing about what went wrong.
  static List<String> genericExceptions(ClassModel type) {
    String parent = type.superclass().map(ClassEntry::asInternalName).orElse("");
    return references(type).stream()
        .filter(reference -> reference.member().equals("<init>"))
        .filter(reference -> GENERIC_EXCEPTIONS.contains(reference.owner()))
        .filter(reference -> !reference.owner().equals(parent))
        .map(reference ->
            name(type) + " makes a " + reference + ": name the fault by a type of its own")
        .toList();
  }

  private static Stream<Instruction> instructions(MethodModel method) {
    return method.code().stream()
        .flatMap(CodeModel::elementStream)
        .filter(Instruction.class::isInstance)
        .map(Instruction.class::cast);
  }

  private static String where(ClassModel type, MethodModel method) {
    return name(type) + "." + method.methodName().stringValue();
  }
}
