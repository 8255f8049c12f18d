package io.rserpool.system;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/// A program that knows nothing of pools: it asks a web server again and again and prints a line
/// for each answer or failure, until its standard input ends. Its class path decides what host
/// names mean.
///
/// Arguments: `client` for the JDK's new HTTP client or `url` for its old one, the address.
final class HttpLoopProgram {
  private static final Duration LIMIT = Duration.ofSeconds(5);

  private HttpLoopProgram() {}

  public static void main(String[] arguments) throws IOException {
    URI address = URI.create(arguments[1]);
    Thread asking =
        Thread.ofPlatform()
            .daemon()
            .start(() -> {
              if (arguments[0].equals("client")) {
                askByClient(address);
              } else {
                askByUrl(address);
              }
            });
    while (System.in.read() >= 0) {
      // Goes on.
    }
    asking.interrupt();
    Runtime.getRuntime().halt(0);
  }

  private static void askByClient(URI address) {
    HttpRequest request = HttpRequest.newBuilder(address).timeout(LIMIT).build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      while (!Thread.currentThread().isInterrupted()) {
        try {
          System.out.println(
              "answer " + client.send(request, HttpResponse.BodyHandlers.ofString()).body());
        } catch (IOException e) {
          System.out.println("failed " + e);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      }
    }
  }

  private static void askByUrl(URI address) {
    while (!Thread.currentThread().isInterrupted()) {
      try {
        HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
        connection.setRequestProperty("Connection", "close");
        connection.setReadTimeout((int) LIMIT.toMillis());
        try (InputStream body = connection.getInputStream()) {
          System.out.println("answer " + new String(body.readAllBytes(), StandardCharsets.UTF_8));
        }
      } catch (IOException e) {
        System.out.println("failed " + e);
      }
    }
  }
}
