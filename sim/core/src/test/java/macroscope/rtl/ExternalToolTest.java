package macroscope.rtl;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import macroscope.input.InputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExternalToolTest {

  @TempDir private Path folder;

  @Test
  void aMissingToolIsNamedWithThePackageThatHasIt() {
    ExternalTool tool = new ExternalTool("no-such-simulator", "iverilog");
    assertThatThrownBy(() -> tool.run(folder, List.of()))
        .isInstanceOf(InputException.class)
        .hasMessage("no-such-simulator: must be installed; on Debian: apt-get install iverilog");
  }

  @Test
  void itIsMissedBeforeAnythingIsRun() {
    assertThatThrownBy(new ExternalTool("no-such-router", "nextpnr-ice40")::requireInstalled)
        .isInstanceOf(InputException.class)
        .hasMessage("no-such-router: must be installed; on Debian: apt-get install nextpnr-ice40");
  }

  @Test
  void aToolThatFailsIsQuoted() {
    ExternalTool tool = new ExternalTool("sh", "dash");
    assertThatThrownBy(() -> tool.output(folder, List.of("-c", "echo it broke; exit 3")))
        .hasMessage("sh failed: it broke");
  }
}
