package macroscope.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFolderTest {

  @TempDir private Path temporary;

  private Path folder() {
    return temporary.resolve("a").resolve("run");
  }

  private void runOnce(String sweepDigest) throws IOException {
    RunFolder.claim(folder(), RunFolder.Owner.ofAll(sweepDigest)).close();
  }

  @Test
  void aFolderIsMadeAndMayBeClaimedAgainByItsSweep() throws IOException {
    runOnce("aa");
    assertThatCode(() -> runOnce("aa")).doesNotThrowAnyException();
  }

  @Test
  void aFolderThatIsOpenIsRefusedToAllOthers() throws IOException {
    try (RunFolder open = RunFolder.claim(folder(), RunFolder.Owner.ofAll("aa"))) {
      assertThatThrownBy(() -> RunFolder.claim(open.path(), RunFolder.Owner.ofAll("aa")))
          .hasMessage(
              folder()
                  + ": is being written to by another run; wait for it or choose another --out");
    }
  }

  @Test
  void anotherSweepIsRefused() throws IOException {
    runOnce("aa");
    assertThatThrownBy(() -> RunFolder.claim(folder(), RunFolder.Owner.ofAll("bb")))
        .hasMessageStartingWith(folder() + ": holds a run of another sweep file");
  }

  @Test
  void aFolderWithOtherFilesIsRefused() throws IOException {
    Files.createDirectories(folder());
    Files.writeString(folder().resolve("thesis.tex"), "years of work");
    assertThatThrownBy(() -> RunFolder.claim(folder(), RunFolder.Owner.ofAll("aa")))
        .hasMessageStartingWith(folder() + ": is not empty and holds no run of Macroscope");
  }

  @Test
  void aDamagedOwnerFileIsRefused() throws IOException {
    Files.createDirectories(folder());
    Files.writeString(folder().resolve("sweep.json"), "{");
    assertThatThrownBy(() -> RunFolder.claim(folder(), RunFolder.Owner.ofAll("aa")))
        .hasMessageStartingWith(folder().toString());
  }

  @Test
  void whatAKilledRunLeftHalfWrittenIsRemoved() throws IOException {
    runOnce("aa");
    Path half = Files.writeString(folder().resolve("points.csv.part"), "half");
    runOnce("aa");
    assertThat(half).doesNotExist();
  }

  @Test
  void aFileReplacesTheOneBefore() throws IOException {
    try (RunFolder run = RunFolder.claim(folder(), RunFolder.Owner.ofAll("aa"))) {
      run.write("x", "one");
      run.write("x", "two");
    }
    assertThat(folder().resolve("x")).hasContent("two");
  }
}
