package io.rserpool.sim.mutation;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.Method;
import java.util.Arrays;

/// One change of one method: what happens at a place in it is left to a method of [Planted]. If that
/// takes one parameter more than the place has to give, it is told the registrar's own identifier,
/// from the field `id`: so only some of the registrars may be at fault. In place of a write it may be told
/// what the field had before.
///
/// @param type the name of the class, without `io.rserpool.`
/// @param method its name; all of this name
/// @param place where in it
/// @param planted the name of the method of [Planted]
record Mutation(String type, String method, Place place, String planted) {

  /// A place in a method.
  sealed interface Place {

    /// The call of a method of this name: the planted one is called instead, with the receiver and
    /// the arguments.
    record Call(String name) implements Place {}

    /// The end of the method: its result passes through the planted one.
    record Result() implements Place {}

    /// Writing a field of the class: the value passes through the planted method.
    record Write(String field) implements Place {}
  }

  private static final String ROOT = "io.rserpool.";
  private static final ClassDesc SERVER_ID = ClassDesc.of("io.rserpool.protocol.ServerId");

  /// The call of `name` in a method is replaced.
  static Mutation call(String type, String method, String name, String planted) {
    return new Mutation(type, method, new Place.Call(name), planted);
  }

  /// The result of a method is changed.
  static Mutation result(String type, String method, String planted) {
    return new Mutation(type, method, new Place.Result(), planted);
  }

  /// What a method writes to a field is changed.
  static Mutation write(String type, String method, String field, String planted) {
    return new Mutation(type, method, new Place.Write(field), planted);
  }

  /// The full name of the class.
  String className() {
    return ROOT + type;
  }

  /// The changed class.
  ///
  /// @param bytes the class as it is
  /// @param hierarchy finds the other classes
  /// @throws AssertionError if the place is not there
  byte[] apply(byte[] bytes, ClassHierarchyResolver hierarchy) {
    ClassFile classFile = ClassFile.of(ClassFile.ClassHierarchyResolverOption.of(hierarchy));
    ClassModel model = classFile.parse(bytes);
    int[] found = new int[1];
    ClassTransform change =
        ClassTransform.transformingMethodBodies(
            this::isIn,
            (code, element) -> {
              if (isAt(element)) {
                found[0]++;
                plant(model.thisClass().asSymbol(), code, element);
              } else {
                code.with(element);
              }
            });
    byte[] changed = classFile.transformClass(model, change);
    if (found[0] == 0) {
      throw new AssertionError(
          "the place of a planted bug is gone; follow the code as it is now: " + this);
    }
    return changed;
  }

  private boolean isIn(MethodModel candidate) {
    return candidate.methodName().equalsString(method);
  }

  private boolean isAt(CodeElement element) {
    return switch (place) {
      case Place.Call(String name) ->
          element instanceof InvokeInstruction call && call.name().equalsString(name);
      case Place.Result() -> element instanceof ReturnInstruction;
      case Place.Write(String field) ->
          element instanceof FieldInstruction access
              && access.opcode() == Opcode.PUTFIELD
              && access.name().equalsString(field);
    };
  }

  private void plant(ClassDesc type, CodeBuilder code, CodeElement element) {
    if (element instanceof InvokeInstruction call) {
      MethodTypeDesc replaced = call.typeSymbol();
      int receivers = call.opcode() == Opcode.INVOKESTATIC ? 0 : 1;
      callPlanted(type, code, receivers + replaced.parameterCount());
      castTo(replaced.returnType(), code);
    } else if (element instanceof FieldInstruction access
        && plantedType().parameterCount() == 2
        && !plantedType().parameterType(1).equals(SERVER_ID)) {
      code.aload(0);
      code.getfield(type, access.name().stringValue(), access.typeSymbol());
      callPlanted(type, code, 2);
      code.with(element);
    } else {
      callPlanted(type, code, 1);
      code.with(element);
    }
  }

  /// @param given how many values there are on the stack for it
  private void callPlanted(ClassDesc type, CodeBuilder code, int given) {
    MethodTypeDesc descriptor = plantedType();
    if (descriptor.parameterCount() == given + 1) {
      loadId(type, code);
    }
    code.invokestatic(ClassDesc.of(Planted.class.getName()), planted, descriptor);
  }

  /// Of an inner class, the identifier is the outer one's.
  private static void loadId(ClassDesc type, CodeBuilder code) {
    code.aload(0);
    String name = type.displayName();
    int inner = name.indexOf('$');
    ClassDesc owner = type;
    if (inner >= 0) {
      owner = ClassDesc.of(type.packageName(), name.substring(0, inner));
      code.getfield(type, "this$0", owner);
    }
    code.getfield(owner, "id", SERVER_ID);
  }

  private void castTo(ClassDesc wanted, CodeBuilder code) {
    boolean isReference = TypeKind.from(wanted) == TypeKind.REFERENCE;
    if (isReference && !plantedType().returnType().equals(wanted)) {
      code.checkcast(wanted);
    }
  }

  private MethodTypeDesc plantedType() {
    for (Method candidate : Planted.class.getDeclaredMethods()) {
      if (candidate.getName().equals(planted)) {
        return MethodTypeDesc.of(
            candidate.getReturnType().describeConstable().orElseThrow(),
            Arrays.stream(candidate.getParameterTypes())
                .map(parameter -> parameter.describeConstable().orElseThrow())
                .toList());
      }
    }
    throw new AssertionError("no such method to plant: " + this);
  }

  @Override
  public String toString() {
    return "in %s.%s, %s becomes %s".formatted(className(), method, place, planted);
  }
}
