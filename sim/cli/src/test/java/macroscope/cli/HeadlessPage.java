package macroscope.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A page in headless Chromium, spoken to by the Chrome DevTools Protocol
 * (https://chromedevtools.github.io/devtools-protocol): JSON over a web socket, both of which are here.
 * A driver beside the browser would have to match its version.
 */
final class HeadlessPage {

  private static final int PATIENCE_SECONDS = 60;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Process browser;
  private final HttpClient client = HttpClient.newHttpClient();
  private final WebSocket socket;
  private final AtomicInteger calls = new AtomicInteger();
  private final Map<Integer, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();
  private final List<JsonNode> events = new CopyOnWriteArrayList<>();

  /**
   * Starts the browser.
   *
   * @param profile a new folder for what it keeps
   * @throws IllegalStateException if it is missing or does not start
   */
  HeadlessPage(Path profile) throws Exception {
    browser = start(profile);
    URI endpoint = endpoint();
    HttpRequest list =
        HttpRequest.newBuilder(
                URI.create(
                    "http://" + endpoint.getHost() + ":" + endpoint.getPort() + "/json/list"))
            .build();
    JsonNode pages = JSON.readTree(client.send(list, BodyHandlers.ofString()).body());
    String page = pages.path(0).path("webSocketDebuggerUrl").asText();
    socket = client.newWebSocketBuilder().buildAsync(URI.create(page), new Listener()).get();
    for (String domain : List.of("Page", "Network", "Runtime", "Log")) {
      call(domain + ".enable", Map.of());
    }
    call(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", 1280, "height", 1000, "deviceScaleFactor", 1, "mobile", false));
  }

  private static Process start(Path profile) {
    try {
      return new ProcessBuilder(
              "chromium",
              "--headless",
              "--no-sandbox",
              "--disable-gpu",
              "--disable-dev-shm-usage",
              "--disable-background-networking",
              "--remote-debugging-port=0",
              "--user-data-dir=" + profile,
              "about:blank")
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start();
    } catch (IOException e) {
      throw new IllegalStateException("chromium is needed: apt-get install chromium", e);
    }
  }

  /** Where the browser listens, which it says on standard error. */
  private URI endpoint() throws IOException {
    BufferedReader lines = browser.errorReader();
    StringBuilder said = new StringBuilder();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.contains("listening on ws://")) {
        Thread rest = new Thread(() -> lines.lines().forEach(ignored -> {}), "chromium");
        rest.setDaemon(true);
        rest.start();
        return URI.create(line.substring(line.indexOf("ws://")));
      }
      said.append(line).append('\n');
    }
    throw new IllegalStateException("chromium does not start: " + said);
  }

  /** Joins the frames of messages: answers have an id, events a method. */
  private final class Listener implements WebSocket.Listener {
    private final StringBuilder message = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
      message.append(text);
      if (last) {
        try {
          JsonNode read = JSON.readTree(message.toString());
          message.setLength(0);
          if (read.has("id")) {
            answers.get(read.get("id").asInt()).complete(read);
          } else {
            events.add(read);
          }
        } catch (IOException e) {
          throw new IllegalStateException(e);
        }
      }
      from.request(1);
      return CompletableFuture.completedStage(null);
    }
  }

  private JsonNode call(String method, Map<String, Object> parameters) throws Exception {
    int id = calls.incrementAndGet();
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    answers.put(id, answer);
    ObjectNode message = JSON.createObjectNode().put("id", id).put("method", method);
    message.set("params", JSON.valueToTree(parameters));
    socket.sendText(message.toString(), true).get();
    JsonNode read = answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (read.has("error")) {
      throw new IllegalStateException(method + ": " + read.get("error"));
    }
    return read.get("result");
  }

  /** Loads a file and forgets what was heard of the one before. */
  void open(Path file) throws Exception {
    events.clear();
    call("Page.navigate", Map.of("url", file.toUri().toString()));
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (heard("Page.loadEventFired").isEmpty()) {
      if (System.nanoTime() > until) {
        throw new IllegalStateException("does not load: " + file);
      }
      Thread.sleep(20);
    }
  }

  private List<JsonNode> heard(String method) {
    return events.stream()
        .filter(event -> event.path("method").asText().equals(method))
        .map(event -> event.path("params"))
        .toList();
  }

  /** Addresses that the page has asked for, its own among them. */
  List<String> requests() {
    return heard("Network.requestWillBeSent").stream()
        .map(event -> event.path("request").path("url").asText())
        .toList();
  }

  /** What the page has complained of: exceptions, its console's errors and warnings, the browser's. */
  List<String> complaints() {
    return events.stream()
        .filter(
            event ->
                switch (event.path("method").asText()) {
                  case "Runtime.exceptionThrown", "Log.entryAdded" -> true;
                  case "Runtime.consoleAPICalled" ->
                      event.path("params").path("type").asText().matches("error|warning|assert");
                  default -> false;
                })
        .map(JsonNode::toString)
        .toList();
  }

  /** The value of an expression of JavaScript. */
  JsonNode evaluate(String expression) throws Exception {
    JsonNode result =
        call("Runtime.evaluate", Map.of("expression", expression, "returnByValue", true));
    if (result.has("exceptionDetails")) {
      throw new IllegalStateException(expression + ": " + result.get("exceptionDetails"));
    }
    return result.path("result").path("value");
  }

  /** Clicks with the mouse on the middle of the element that an expression gives. */
  void click(String element) throws Exception {
    evaluate(element + ".scrollIntoView({block: 'center'})");
    JsonNode box =
        evaluate(
            "(r => ({x: r.x + r.width / 2, y: r.y + r.height / 2}))("
                + element
                + ".getBoundingClientRect())");
    double x = box.get("x").asDouble();
    double y = box.get("y").asDouble();
    mouse("mousePressed", x, y, 1);
    mouse("mouseReleased", x, y, 1);
  }

  /** Moves the mouse there, with its left button held down or not. */
  void move(double x, double y, boolean held) throws Exception {
    mouse("mouseMoved", x, y, held ? 1 : 0);
  }

  /** Presses the left button at one place and lets it go at another. */
  void drag(double x, double fromY, double toY) throws Exception {
    move(x, fromY, false);
    mouse("mousePressed", x, fromY, 1);
    for (int step = 1; step <= 5; step++) {
      move(x, fromY + (toY - fromY) * step / 5, true);
    }
    mouse("mouseReleased", x, toY, 1);
  }

  private void mouse(String type, double x, double y, int buttons) throws Exception {
    call(
        "Input.dispatchMouseEvent",
        Map.of(
            "type", type,
            "x", x,
            "y", y,
            "button", buttons == 0 ? "none" : "left",
            "buttons", buttons,
            "clickCount", type.equals("mouseMoved") ? 0 : 1));
  }

  /** Ends the browser. */
  void quit() throws Exception {
    try {
      call("Browser.close", Map.of());
    } finally {
      if (!browser.waitFor(10, TimeUnit.SECONDS)) {
        browser.destroyForcibly();
      }
    }
  }
}
