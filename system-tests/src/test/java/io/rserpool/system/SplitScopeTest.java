package io.rserpool.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Three machines with a registrar, elements and users each, as network namespaces whose links are
/// cut; needs root on Linux. Where the kernel can delay links, they are slow as well.
@Tag("system")
class SplitScopeTest {
  private static final int[] ELEMENTS = {8, 6, 6};

  private final Stage stage = new Stage();
  private final ThreeMachines machines = new ThreeMachines();
  private final List<RunningRegistrar> registrars = new ArrayList<>();
  private final List<RunningElements> elements = new ArrayList<>();
  private final List<RunningUsers> users = new ArrayList<>();

  @BeforeEach
  void begin() {
    Assumptions.assumeTrue(machines.build(), "network namespaces need root and ip netns");
    machines.delay("10ms");
    List<CliProcess> processes = machines().mapToObj(this::registrar).toList();
    for (CliProcess process : processes) {
      registrars.add(RunningRegistrar.await(process));
      process.err().await("event=Synchronised ", CliProcess.LIMIT);
    }
    List<CliProcess> members = machines().mapToObj(this::elements).toList();
    members.forEach(process -> elements.add(RunningElements.await(process)));
    List<CliProcess> visitors = machines().mapToObj(this::users).toList();
    visitors.forEach(process -> users.add(RunningUsers.await(process)));
    awaitAgreement(List.of(0, 1, 2), elements);
  }

  @AfterEach
  void end() {
    stage.close();
    machines.close();
  }

  @Test
  void bothSidesOfASplitScopeServeOnAndConvergeWhenItIsHealed() {
    machines.cut(0, 1);
    machines.cut(0, 2);

    awaitAgreement(List.of(0), elements.subList(0, 1));
    awaitAgreement(List.of(1, 2), elements.subList(1, 3));
    for (int i = 0; i < ThreeMachines.SIZE; i++) {
      users.get(i).awaitMore();
      users.get(i).assertServed(i == 0 ? ELEMENTS[0] : ELEMENTS[1] + ELEMENTS[2]);
      assertOwnStayed(i, i == 0 ? List.of(0) : List.of(1, 2));
    }

    machines.join(0, 1);
    machines.join(0, 2);

    awaitAgreement(List.of(0, 1, 2), elements);
    for (int i = 0; i < ThreeMachines.SIZE; i++) {
      users.get(i).awaitMore();
      users.get(i).assertServed(20);
      assertOwnStayed(i, i == 0 ? List.of(0) : List.of(1, 2));
    }
  }

  @Test
  void aCutLinkBetweenTwoRegistrarsLeavesNobodyWithoutService() {
    int before = registrars.get(0).process().err().size();
    machines.cut(0, 1);

    registrars
        .get(0)
        .process()
        .err()
        .await("event=(Dead|TakeoverYielded|TakenOver) ", before, CliProcess.LIMIT);
    users.forEach(RunningUsers::awaitMore);

    machines.join(0, 1);

    awaitAgreement(List.of(0, 1, 2), elements);
    for (RunningUsers some : users) {
      some.awaitMore();
      some.assertServed(20);
    }
  }

  /// No user has ever seen an element of its own side go.
  private void assertOwnStayed(int machine, List<Integer> side) {
    for (int i : side) {
      for (String id : elements.get(i).ids()) {
        assertThat(users.get(machine).process().out().text()).doesNotContain("left " + id);
      }
    }
  }

  private void awaitAgreement(List<Integer> side, Collection<RunningElements> present) {
    SortedSet<String> expected = RunningElements.idsOf(present);
    OperationScope.awaitAgreement(
        side.stream().map(registrars::get).toList(),
        expected,
        registrar -> users.get(registrars.indexOf(registrar)).table(registrar));
  }

  private CliProcess registrar(int machine) {
    return stage.add(
        CliProcess.start(
            machines.on(machine),
            List.of(),
            "registrar",
            "--insecure",
            "--asap=" + asap(machine),
            "--enrp=" + enrp(machine),
            "--peer=" + machines().mapToObj(this::enrp).collect(Collectors.joining(",")),
            "--log-level=" + System.getProperty("rserpool.log.level", "info"),
            "--end-with-input"));
  }

  private CliProcess elements(int machine) {
    return program(machine, ElementsProgram.class, ELEMENTS[machine]);
  }

  private CliProcess users(int machine) {
    return program(machine, UsersProgram.class, 2);
  }

  /// A program that prefers the registrar of its own machine, and then that of the next one.
  private CliProcess program(int machine, Class<?> program, int count) {
    String known =
        IntStream.range(machine, machine + ThreeMachines.SIZE)
            .mapToObj(i -> asap(i % ThreeMachines.SIZE))
            .collect(Collectors.joining(","));
    return stage.add(
        CliProcess.start(
            machines.on(machine), program, OperationScope.POOL, Integer.toString(count), known));
  }

  private String asap(int machine) {
    return "tcp://" + machines.address(machine) + ":3863";
  }

  private String enrp(int machine) {
    return "tcp://" + machines.address(machine) + ":9901";
  }

  private static IntStream machines() {
    return IntStream.range(0, ThreeMachines.SIZE);
  }
}
