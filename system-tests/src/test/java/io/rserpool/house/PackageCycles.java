package io.rserpool.house;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.nio.file.Path;
import java.util.List;

/// Finds packages of one module that need each other in a circle.
final class PackageCycles {

  private PackageCycles() {}

  /// What is wrong with the classes below a folder; every package counts as a part of its own.
  static List<String> below(Path folder) {
    return SlicesRuleDefinition.slices()
        .matching("(**)")
        .should()
        .beFreeOfCycles()
        .allowEmptyShould(true)
        .evaluate(new ClassFileImporter().importPath(folder))
        .getFailureReport()
        .getDetails();
  }
}
