package io.rserpool.house;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The work tree on disk: its modules, and the rules that only sources can tell about.
///
/// @param root the folder of the parent POM
record SourceTree(Path root) {

  private static final Pattern MODULE = Pattern.compile("<module>([^<]+)</module>");
  private static final Pattern NULL_MARKED = Pattern.compile("(?m)^@NullMarked\\b");
  private static final Pattern PARAGRAPH = Pattern.compile("(?m)\\A(///.*\\R){2,}");

  /// The tree this test was started in: the nearest folder upwards that holds Maven's settings.
  static SourceTree current() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.isDirectory(folder.resolve(".mvn"))) {
      folder = folder.getParent();
      if (folder == null) {
        throw new IllegalStateException("not started inside a work tree of rserpool");
      }
    }
    return new SourceTree(folder);
  }

  /// The modules' folders, in the order of the build.
  List<String> modules() {
    return MODULE.matcher(read(root.resolve("pom.xml"))).results().map(m -> m.group(1)).toList();
  }

  Path classes(String module) {
    return root.resolve(module, "target", "classes");
  }

  Path testClasses(String module) {
    return root.resolve(module, "target", "test-classes");
  }

  /// Packages of production code that do not say what they are for, or are not null-marked.
  List<String> undescribedPackages(String module) {
    Path sources = root.resolve(module, "src", "main", "java");
    List<String> broken = new ArrayList<>();
    for (Path folder : packages(sources)) {
      String name = sources.relativize(folder).toString().replace('/', '.');
      Path info = folder.resolve("package-info.java");
      if (!Files.exists(info)) {
        broken.add("%s in %s has no package-info.java".formatted(name, module));
        continue;
      }
      String text = read(info);
      if (!NULL_MARKED.matcher(text).find()) {
        broken.add("%s in %s is not @NullMarked".formatted(name, module));
      }
      if (!PARAGRAPH.matcher(text).find()) {
        broken.add("%s in %s says in no /// paragraph what it is for".formatted(name, module));
      }
    }
    return broken;
  }

  private static List<Path> packages(Path sources) {
    if (!Files.isDirectory(sources)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(sources)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> !file.endsWith("module-info.java"))
          .map(Path::getParent)
          .distinct()
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
