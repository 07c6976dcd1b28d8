package macroscope.report;

import static org.assertj.core.api.Assertions.assertThat;
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

  @Test
  void aFolderIsMadeAndMayBeClaimedAgainByItsSweep() {
    RunFolder.claim(folder(), "aa");
    assertThat(RunFolder.claim(folder(), "aa").path()).isDirectory();
  }

  @Test
  void anotherSweepIsRefused() {
    RunFolder.claim(folder(), "aa");
    assertThatThrownBy(() -> RunFolder.claim(folder(), "bb"))
        .hasMessageStartingWith(folder() + ": holds a run of another sweep file");
  }

  @Test
  void aFolderWithOtherFilesIsRefused() throws IOException {
    Files.createDirectories(folder());
    Files.writeString(folder().resolve("thesis.tex"), "years of work");
    assertThatThrownBy(() -> RunFolder.claim(folder(), "aa"))
        .hasMessageStartingWith(folder() + ": is not empty and holds no run of Macroscope");
  }

  @Test
  void aDamagedOwnerFileIsRefused() throws IOException {
    Files.createDirectories(folder());
    Files.writeString(folder().resolve("sweep.json"), "{");
    assertThatThrownBy(() -> RunFolder.claim(folder(), "aa"))
        .hasMessageStartingWith(folder().toString());
  }

  @Test
  void whatAKilledRunLeftHalfWrittenIsRemoved() throws IOException {
    RunFolder.claim(folder(), "aa");
    Path half = Files.writeString(folder().resolve("points.csv.part"), "half");
    RunFolder.claim(folder(), "aa");
    assertThat(half).doesNotExist();
  }

  @Test
  void aFileReplacesTheOneBefore() throws IOException {
    RunFolder run = RunFolder.claim(folder(), "aa");
    run.write("x", "one");
    run.write("x", "two");
    assertThat(folder().resolve("x")).hasContent("two");
  }
}
