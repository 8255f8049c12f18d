package io.rserpool.cli;

import io.rserpool.cli.connect.ConnectCommand;
import io.rserpool.cli.console.CommonOptions;
import io.rserpool.cli.cookies.CookieKeysCommand;
import io.rserpool.cli.daemon.RegistrarCommand;
import io.rserpool.cli.daemon.ServeCommand;
import io.rserpool.cli.decode.DecodeCommand;
import io.rserpool.cli.demo.DemoCommand;
import io.rserpool.cli.doctor.DoctorCommand;
import io.rserpool.cli.dump.DumpCommand;
import io.rserpool.cli.gateway.GatewayCommand;
import io.rserpool.cli.logging.LogLevel;
import io.rserpool.cli.pki.PkiCommand;
import io.rserpool.cli.pool.DrainCommand;
import io.rserpool.cli.pool.RemoveCommand;
import io.rserpool.cli.pool.ReportCommand;
import io.rserpool.cli.pool.ResolveCommand;
import io.rserpool.cli.pool.WatchCommand;
import io.rserpool.cli.services.CalculateCommand;
import io.rserpool.cli.services.FractalCommand;
import io.rserpool.cli.services.PingPongCommand;
import io.rserpool.cli.simulate.SimulateCommand;
import java.util.List;
import picocli.CommandLine.HelpCommand;

/// The commands by name, made one at a time.
final class Subcommands {
  /// In the order in which help lists them.
  static final List<String> NAMES =
      List.of(
          "demo",
          "registrar",
          "serve",
          "connect",
          "pingpong",
          "calculate",
          "fractal",
          "gateway",
          "resolve",
          "watch",
          "dump",
          "report",
          "remove",
          "drain",
          "decode",
          "doctor",
          "cookie-keys",
          "pki",
          "simulate",
          "java-options",
          "completion",
          "help");

  private Subcommands() {}

  /// Whether this command can do without knowing the others.
  static boolean standsAlone(String name) {
    return NAMES.contains(name) && !name.equals("completion") && !name.equals("help");
  }

  /// The options that every command has, with what it logs unless told otherwise.
  static CommonOptions commonOptions(String name) {
    return switch (name) {
      case "registrar", "serve", "gateway" -> CommonOptions.logging(LogLevel.INFO);
      case "demo" -> CommonOptions.logging(LogLevel.ERROR);
      default -> CommonOptions.logging(LogLevel.WARN);
    };
  }

  /// A new command.
  static Object create(String name) {
    return switch (name) {
      case "demo" -> new DemoCommand();
      case "registrar" -> new RegistrarCommand();
      case "serve" -> new ServeCommand();
      case "connect" -> new ConnectCommand();
      case "pingpong" -> new PingPongCommand();
      case "calculate" -> new CalculateCommand();
      case "fractal" -> new FractalCommand();
      case "gateway" -> new GatewayCommand();
      case "resolve" -> new ResolveCommand();
      case "watch" -> new WatchCommand();
      case "dump" -> new DumpCommand();
      case "report" -> new ReportCommand();
      case "remove" -> new RemoveCommand();
      case "drain" -> new DrainCommand();
      case "decode" -> new DecodeCommand();
      case "doctor" -> new DoctorCommand();
      case "cookie-keys" -> new CookieKeysCommand();
      case "pki" -> new PkiCommand();
      case "simulate" -> new SimulateCommand();
      case "java-options" -> new JavaOptionsCommand();
      case "completion" -> new CompletionCommand();
      case "help" -> new HelpCommand();
      default -> throw new IllegalArgumentException("no such command: " + name);
    };
  }
}
