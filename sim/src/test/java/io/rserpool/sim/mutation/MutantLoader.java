package io.rserpool.sim.mutation;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassHierarchyResolver;
import java.util.HashMap;
import java.util.List;

/// Defines all classes of this project afresh, with mutations in some of them. What is not of this
/// project comes from where it always comes from.
final class MutantLoader extends ClassLoader {

  private static final String ROOT = "io.rserpool.";

  private final HashMap<String, byte[]> mutated = new HashMap<>();

  /// @throws AssertionError if a mutation does not find its place
  MutantLoader(List<Mutation> mutations) {
    super(MutantLoader.class.getClassLoader());
    ClassHierarchyResolver hierarchy =
        ClassHierarchyResolver.ofResourceParsing(getParent())
            .orElse(ClassHierarchyResolver.defaultResolver());
    for (Mutation mutation : mutations) {
      String name = mutation.className();
      byte[] bytes = mutated.containsKey(name) ? mutated.get(name) : original(name, mutation);
      mutated.put(name, mutation.apply(bytes, hierarchy));
    }
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (!name.startsWith(ROOT)) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> known = findLoadedClass(name);
      return known == null ? findClass(name) : known;
    }
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    byte[] bytes = mutated.containsKey(name) ? mutated.get(name) : read(name);
    if (bytes.length == 0) {
      throw new ClassNotFoundException(name);
    }
    return defineClass(name, bytes, 0, bytes.length);
  }

  private byte[] original(String name, Mutation mutation) {
    byte[] bytes = read(name);
    if (bytes.length == 0) {
      throw new AssertionError(
          "the class of a planted bug is gone; follow the code as it is now: " + mutation);
    }
    return bytes;
  }

  /// The bytes of a class as it was compiled; none if there is no such class.
  private byte[] read(String name) {
    try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
      return in == null ? new byte[0] : in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read class " + name, e);
    }
  }
}
