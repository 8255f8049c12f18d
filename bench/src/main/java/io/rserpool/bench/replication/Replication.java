package io.rserpool.bench.replication;

import io.rserpool.protocol.Profile;
import io.rserpool.sim.scenario.Run;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/// Counts what one change of an element, and one failure, costs 1 to 10 registrars. Each figure is the
/// mean over several seeds of what a scope sends with the event, less what it sends without it in the
/// same time.
///
/// Arguments: profile (standard), elements (20), seeds (5), most registrars (10).
public final class Replication {

  private static final int ELEMENTS = 20;
  private static final int SEEDS = 5;
  private static final int REGISTRARS_MAX = 10;
  private static final String COLUMN = " %16s |";

  private final Profile profile;
  private final int elements;
  private final int seeds;
  private double lostHomes;

  private Replication(Profile profile, int elements, int seeds) {
    this.profile = profile;
    this.elements = elements;
    this.seeds = seeds;
  }

  /// Runs everything and prints tables.
  public static void main(String[] args) {
    Profile profile = args.length > 0 ? Profile.parse(args[0]) : Profile.STANDARD;
    int elements = args.length > 1 ? Integer.parseInt(args[1]) : ELEMENTS;
    int seeds = args.length > 2 ? Integer.parseInt(args[2]) : SEEDS;
    int most = args.length > 3 ? Integer.parseInt(args[3]) : REGISTRARS_MAX;
    System.out.printf(
        "simulated: profile %s, %d elements, %d seeds; messages / bytes of each event%n",
        profile, elements, seeds);
    new Replication(profile, elements, seeds).run(most);
  }

  private void run(int most) {
    List<Map<Operation, Account>> rows = new ArrayList<>();
    List<String> homes = new ArrayList<>();
    for (int registrars = 1; registrars <= most; registrars++) {
      Map<Operation, Account> row = new EnumMap<>(Operation.class);
      lostHomes = 0;
      for (Operation operation : Operation.values()) {
        if (registrars > 1 || !operation.isRegistrarFailure()) {
          row.put(operation, mean(operation, registrars));
        }
      }
      rows.add(row);
      homes.add(registrars == 1 ? "-" : String.format(Locale.ROOT, "%.1f", lostHomes));
    }
    print("among registrars (ENRP)", rows, homes, Account::peers);
    print("between registrars and elements (ASAP)", rows, homes, Account::members);
    print("to whoever failed, in vain", rows, homes, Account::toTheDead);
  }

  private Account mean(Operation operation, int registrars) {
    Account sum = Account.EMPTY;
    double homes = 0;
    for (long seed = 1; seed <= seeds; seed++) {
      QuietScope scope = scope(operation, registrars, seed);
      homes += (double) scope.elementsOfBusiest() / seeds;
      sum = sum.plus(once(operation, registrars, seed, scope));
    }
    if (operation.isRegistrarFailure()) {
      lostHomes = homes;
    }
    return sum.dividedBy(seeds);
  }

  private Account once(Operation operation, int registrars, long seed, QuietScope scope) {
    if (operation == Operation.RENEWAL) {
      return scope.renewal();
    }
    long ns = operation.units() * Run.unitNs(profile);
    Account with = scope.after(operation, ns);
    int expected =
        switch (operation) {
          case DEREGISTRATION, ELEMENT_KILLED, ELEMENT_FROZEN -> elements - 1;
          case REGISTRATION, RENEWAL, CHANGE, REGISTRAR_KILLED, REGISTRAR_FROZEN -> elements;
        };
    if (scope.elements().stream().anyMatch(count -> count != expected)) {
      throw new IllegalStateException(
          "expected %d elements at every registrar of %d after %s with seed %d, but saw %s"
              .formatted(expected, registrars, operation.title(), seed, scope.elements()));
    }
    return with.minus(scope(operation, registrars, seed).rest(ns));
  }

  private QuietScope scope(Operation operation, int registrars, long seed) {
    return new QuietScope(profile, registrars, elements, seed, operation != Operation.REGISTRATION);
  }

  private static void print(
      String title,
      List<Map<Operation, Account>> rows,
      List<String> homes,
      Function<Account, Cost> part) {
    System.out.printf("%n%s%n| registrars |", title);
    for (Operation operation : Operation.values()) {
      System.out.printf(COLUMN, operation.title());
    }
    System.out.println(" elements of the failed registrar |");
    System.out.println("|---".repeat(Operation.values().length + 2) + "|");
    for (int i = 0; i < rows.size(); i++) {
      System.out.printf("| %10d |", i + 1);
      for (Operation operation : Operation.values()) {
        Account account = rows.get(i).get(operation);
        System.out.printf(COLUMN, account == null ? "-" : part.apply(account).toString());
      }
      System.out.printf(" %s |%n", homes.get(i));
    }
  }
}
