package macroscope.spark;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import macroscope.input.InputException;

/**
 * A standalone master of Spark, or one with others that stand by.
 *
 * @param url as Spark reads it
 * @param hosts host and port of each
 */
record SparkMaster(String url, List<InetSocketAddress> hosts) {

  static final String OPTION = "--master";

  private static final String HOST = "[A-Za-z0-9._-]+:[0-9]{1,5}";
  private static final Pattern URL = Pattern.compile("spark://" + HOST + "(," + HOST + ")*");
  private static final int MOST_PORT = 65535;
  private static final int PATIENCE_MILLISECONDS = 5000;

  /** Reads {@code spark://a:7077,b:7077}. */
  static SparkMaster parse(String url) {
    if (!URL.matcher(url).matches()) {
      throw refused(url);
    }
    String hosts = url.substring(url.indexOf("//") + 2);
    return new SparkMaster(url, Stream.of(hosts.split(",")).map(h -> address(h, url)).toList());
  }

  private static InetSocketAddress address(String host, String url) {
    int colon = host.indexOf(':');
    int port = Integer.parseInt(host.substring(colon + 1));
    if (port < 1 || port > MOST_PORT) {
      throw refused(url);
    }
    return InetSocketAddress.createUnresolved(host.substring(0, colon), port);
  }

  private static InputException refused(String url) {
    return new InputException(OPTION, "must be spark://HOST:PORT or spark://A:PORT,B:PORT: " + url);
  }

  /**
   * The address of this machine on the way to the master, where executors find it too.
   *
   * @throws InputException if no master answers within seconds
   */
  String addressSeenFromThere() {
    String reason = "";
    for (InetSocketAddress host : hosts) {
      try (Socket socket = new Socket()) {
        socket.connect(
            new InetSocketAddress(host.getHostString(), host.getPort()), PATIENCE_MILLISECONDS);
        return socket.getLocalAddress().getHostAddress();
      } catch (IOException e) {
        reason = e.getMessage() == null ? e.toString() : e.getMessage();
      }
    }
    throw new InputException(OPTION, "nothing answers at " + url + ": " + reason);
  }
}
