package io.rserpool.cli.pool;

import io.rserpool.cli.console.ElementText;
import io.rserpool.cli.console.ExitCode;
import io.rserpool.cli.console.Json;
import io.rserpool.cli.console.Names;
import io.rserpool.cli.console.PolicyText;
import io.rserpool.cli.console.RegistrarOption;
import io.rserpool.cli.console.Table;
import io.rserpool.client.Pool;
import io.rserpool.client.PoolUser;
import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.PoolHandle;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Prints which elements a client of a pool is given now.
@Command(
    name = "resolve",
    header = "Show which elements of a pool a client is given.",
    description =
        "Asks a registrar which elements serve a pool, as a client does before it connects. The"
            + " order is that of the pool's policy, so it may change with every call. The registrar"
            + " gives a few elements only; --items asks for more, and dump shows all.",
    footer = {
      "",
      "Example:",
      "  $ rserpool resolve EchoPool",
      "  pool EchoPool  rr  2 elements  0 ms old",
      "    ELEMENT     ADDRESS                POLICY  HOME",
      "    0xd5628838  tcp://127.0.0.1:42837  rr      0xceebeb7e",
      "    0x00000077  tcp://127.0.0.1:33499  rr      0xceebeb7e"
    })
public final class ResolveCommand implements Callable<Integer> {
  @Mixin private final RegistrarOption registrar = new RegistrarOption();

  @Parameters(
      paramLabel = "POOL",
      converter = Names.Pool.class,
      description = "The pool's handle, as text or as 0x and hexadecimal digits.")
  private PoolHandle pool = PoolHandle.of("?");

  @Option(
      names = "--items",
      paramLabel = "N",
      converter = Count.class,
      defaultValue = "0",
      description =
          "How many elements are wanted; 0 leaves it to the registrar, as is the default.")
  private int items;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  @Spec private CommandSpec spec = CommandSpec.create();

  /// For the command line.
  public ResolveCommand() {}

  @Override
  public Integer call() {
    Pool answer;
    try (PoolUser user = PoolUser.open(registrar.scope())) {
      answer = user.resolve(pool, items);
    }
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(json(answer));
    } else {
      print(answer, out);
    }
    return ExitCode.OK;
  }

  private static void print(Pool answer, PrintWriter out) {
    int count = answer.elements().size();
    out.printf(
        "pool %s  %s  %d element%s  %d ms old%n",
        answer.handle(),
        PolicyText.name(answer.policy()),
        count,
        count == 1 ? "" : "s",
        answer.age().toMillis());
    Table table = new Table("ELEMENT", "ADDRESS", "POLICY", "HOME");
    for (PoolElementParameter element : answer.elements()) {
      table.add(
          element.elementId().toString(),
          ElementText.service(element),
          PolicyText.of(element.policy()),
          element.homeId().toString());
    }
    table.print(out, "  ");
  }

  private static Json json(Pool answer) {
    return new Json()
        .put("pool", answer.handle().toString())
        .put("policy", PolicyText.name(answer.policy()))
        .put("ageMs", answer.age().toMillis())
        .put(
            "elements",
            answer.elements().stream()
                .map(element -> ElementText.json(element).members())
                .toList());
  }
}
