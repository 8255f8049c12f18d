package io.rserpool.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.classfile.ClassModel;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/// The rules that our own code obeys, checked on every module. `HouseRulesSelfTest` shows that each
/// of them can fail.
class HouseRulesTest {

  private static final List<String> CORE = List.of("protocol", "wire", "engine", "runtime", "sim");

  private final SourceTree tree = SourceTree.current();

  @Test
  void everyModuleIsThereToBeChecked() {
    assertThat(tree.modules()).containsAll(CORE);
    assertThat(compiledModules())
        .allSatisfy(module -> assertThat(ClassFiles.below(tree.classes(module))).isNotEmpty());
  }

  @Test
  void everyPackageSaysWhatItIsForAndIsNullMarked() {
    assertThat(tree.modules()).flatMap(tree::undescribedPackages).isEmpty();
  }

  @Test
  void packagesOfAModuleNeedEachOtherInNoCircle() {
    assertThat(compiledModules())
        .flatMap(module -> PackageCycles.below(tree.classes(module)))
        .isEmpty();
  }

  @Test
  void coreIsAPlainFunctionOfStateTimeAndInput() {
    assertThat(broken(CORE, type -> ClassFiles.banned(type, Bans.CORE))).isEmpty();
  }

  @Test
  void coreHasNoLocks() {
    assertThat(broken(CORE, ClassFiles::locks)).isEmpty();
  }

  @Test
  void coreHidesNoHashTableBehindAnotherType() {
    assertThat(broken(CORE, ClassFiles::disguisedHashTables)).isEmpty();
  }

  @Test
  void everyFaultHasATypeOfItsOwn() {
    assertThat(broken(compiledModules(), ClassFiles::genericExceptions)).isEmpty();
  }

  @Test
  void noTestSleepsOrIsSwitchedOff() {
    List<String> broken = new ArrayList<>();
    for (String module : tree.modules()) {
      for (ClassModel type : ClassFiles.below(tree.testClasses(module))) {
        broken.addAll(ClassFiles.banned(type, Bans.TESTS));
      }
    }
    assertThat(broken).isEmpty();
  }

  /// All but the test-only module, and those that are built after this test ran.
  private List<String> compiledModules() {
    List<String> modules = tree.modules();
    return modules.subList(0, modules.indexOf("system-tests"));
  }

  private List<String> broken(List<String> modules, Function<ClassModel, List<String>> rule) {
    return modules.stream()
        .filter(module -> Files.isDirectory(tree.classes(module)))
        .flatMap(module -> ClassFiles.below(tree.classes(module)).stream())
        .flatMap(type -> rule.apply(type).stream())
        .toList();
  }
}
