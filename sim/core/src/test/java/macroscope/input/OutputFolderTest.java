package macroscope.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputFolderTest {

  @TempDir private Path root;
  private Path folder;

  @BeforeEach
  void setUp() {
    folder = root.resolve("out");
  }

  private void write(Path path) {
    new OutputFolder(path).with("a.txt", "1").with("b.txt", "2").write();
  }

  @Test
  void filesAreWrittenIntoAFolderThatIsMade() {
    write(folder.resolve("deeper"));
    assertThat(folder.resolve("deeper")).isDirectoryContaining("glob:**/b.txt");
  }

  @Test
  void nothingButTheFilesIsLeft() {
    write(folder);
    assertThat(folder.toFile().list()).containsExactlyInAnyOrder("a.txt", "b.txt");
  }

  @Test
  void aFileOfTheSameNameIsReplaced() throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("b.txt"), "old and longer");
    write(folder);
    assertThat(folder.resolve("b.txt")).hasContent("2");
  }

  @Test
  void aFolderInPlaceOfAFileIsNamed() throws IOException {
    Path taken = Files.createDirectories(folder.resolve("b.txt"));
    assertThatThrownBy(() -> write(folder))
        .isInstanceOf(InputException.class)
        .hasMessage(taken + ": must be a file, not a folder, to be replaced");
  }

  @Test
  void nothingIsWrittenWhereAFolderIsInPlaceOfAFile() throws IOException {
    Files.createDirectories(folder.resolve("b.txt"));
    assertThatThrownBy(() -> write(folder)).isInstanceOf(InputException.class);
    assertThat(folder.toFile().list()).containsExactly("b.txt");
  }

  @Test
  void aFileInPlaceOfTheFolderIsNamed() throws IOException {
    Files.writeString(folder, "");
    assertThatThrownBy(() -> write(folder)).hasMessage(folder + ": must be a folder, not a file");
  }

  @Test
  void aFileAmongTheFoldersAboveIsNamed() throws IOException {
    Files.writeString(folder, "");
    Path below = folder.resolve("x");
    assertThatThrownBy(() -> write(below))
        .hasMessage(below + ": must be a folder, not a file: " + folder);
  }
}
