package macroscope.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import macroscope.input.InputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Masters that cannot be ones are told apart before anything starts. */
class SparkMasterTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "local[2]",
        "yarn",
        "http://h:80",
        "spark://h",
        "spark://h:0",
        "spark://h:65536"
      })
  void aMasterIsNamedByHostAndPort(String url) {
    assertThatThrownBy(() -> SparkMaster.parse(url))
        .isInstanceOf(InputException.class)
        .hasMessage("--master: must be spark://HOST:PORT or spark://A:PORT,B:PORT: " + url);
  }

  @Test
  void mastersMayStandBy() {
    assertThat(SparkMaster.parse("spark://a:7077,b.example:7078").hosts())
        .extracting(host -> host.getHostString() + ":" + host.getPort())
        .containsExactly("a:7077", "b.example:7078");
  }

  @Test
  void aMasterThatDoesNotAnswerIsNamed() throws IOException {
    int free;
    try (ServerSocket socket = new ServerSocket(0)) {
      free = socket.getLocalPort();
    }
    String url = "spark://127.0.0.1:" + free;
    assertThatThrownBy(() -> SparkMaster.parse(url).addressSeenFromThere())
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("--master: nothing answers at " + url + ": ");
  }

  @Test
  void executorsFindThisMachineWhereTheMasterIsReachedFrom() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      String both = "spark://127.0.0.1:1,127.0.0.1:" + socket.getLocalPort();
      assertThat(SparkMaster.parse(both).addressSeenFromThere()).isEqualTo("127.0.0.1");
    }
  }
}
