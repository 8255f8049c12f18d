package io.rserpool.system;

import io.rserpool.client.ElementListener;
import io.rserpool.client.PoolElement;
import io.rserpool.client.RegistrarCalls;
import io.rserpool.client.Registration;
import io.rserpool.client.Scope;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.ErrorCause;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.protocol.ServerId;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// Many elements in one process: registers them, prints what happens to them, and ends with its
/// standard input, however the one that started it has ended.
///
/// Arguments: pool, number of elements, registrars separated by commas. Each element prefers the
/// registrar after its predecessor's.
final class ElementsProgram {
  private ElementsProgram() {}

  public static void main(String[] arguments) throws IOException {
    PoolHandle pool = PoolHandle.of(arguments[0]);
    int count = Integer.parseInt(arguments[1]);
    List<String> registrars = new ArrayList<>(List.of(arguments[2].split(",")));
    List<PoolElement> elements = new ArrayList<>();
    try (ServerSocket service = new ServerSocket(0)) {
      for (int i = 0; i < count; i++) {
        Scope scope = Scope.of(registrars.toArray(String[]::new));
        Registration registration =
            Registration.builder(pool, service.getLocalPort())
                .calls(RegistrarCalls.ALLOWED)
                .listener(new Printer())
                .build();
        elements.add(PoolElement.register(scope, registration));
        Collections.rotate(registrars, -1);
      }
      System.out.println(
          "all registered: " + elements.stream().map(PoolElement::elementId).toList());
      System.in.transferTo(OutputStream.nullOutputStream());
    }
    Runtime.getRuntime().halt(0);
  }

  /// A line for each event.
  private static final class Printer implements ElementListener {
    @Override
    public void registered(ElementId elementId, String registrar) {
      System.out.println("element " + elementId + " registered at " + registrar);
    }

    @Override
    public void homeChanged(ElementId elementId, ServerId homeId) {
      System.out.println("element " + elementId + " has home " + homeId);
    }

    @Override
    public void registrarLost(ElementId elementId, String reason) {
      System.out.println("element " + elementId + " lost its registrar: " + reason);
    }

    @Override
    public void rejected(ElementId elementId, List<ErrorCause> causes) {
      System.out.println("element " + elementId + " rejected: " + causes);
    }
  }
}
