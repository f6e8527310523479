package spyglass.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** One part of a form: a field, or a file. Its content is gone once the next part is asked for. */
public final class Part {

  private static final int TEXT_LIMIT = 64 << 10;

  private final String name;
  private final Optional<String> filename;
  private final Headers headers;
  private final Content content;

  private Part(String name, Optional<String> filename, Headers headers, Content content) {
    this.name = name;
    this.filename = filename;
    this.headers = headers;
    this.content = content;
  }

  static Part of(Headers headers, Boundary boundary, long limit) {
    List<String> dispositions = headers.all("Content-Disposition");
    if (dispositions.size() != 1) {
      throw new BadRequest("A part without exactly one Content-Disposition.");
    }
    Labelled disposition = Labelled.parse(dispositions.getFirst());
    Optional<String> name = disposition.parameter("name").map(PartHead::utf8);
    if (!disposition.value().equals("form-data") || name.isEmpty()) {
      throw new BadRequest("A part of a form without a name.");
    }
    Optional<String> filename = disposition.parameter("filename").map(PartHead::utf8);
    return new Part(name.get(), filename, headers, new Content(boundary, limit));
  }

  /** The name of the form's field. */
  public String name() {
    return name;
  }

  /**
   * What the file was called where it came from, without the folders some browsers put before it;
   * absent when this is no file. A stranger chose it: show it, but do not store under it.
   */
  public Optional<String> filename() {
    return filename.map(
        path -> path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1));
  }

  /** All fields of the part, Content-Type among them. A stranger chose those, too. */
  public Headers headers() {
    return headers;
  }

  /**
   * The content while it arrives. Reading throws {@link BadRequest} with 413 beyond the limit for a
   * part, and with 400 when the form breaks off.
   */
  public InputStream content() {
    return content;
  }

  /** The content as UTF-8, up to 64 KiB. */
  public String text() throws IOException {
    return text(TEXT_LIMIT);
  }

  /**
   * The content as UTF-8.
   *
   * @throws BadRequest with 413 when it has more bytes than {@code limit}
   */
  public String text(int limit) throws IOException {
    byte[] bytes = content.readNBytes(limit);
    if (bytes.length == limit && content.read() >= 0) {
      throw new BadRequest(413, "A field of the form is larger than " + limit + " bytes.");
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** Goes on to what comes after this part. */
  void skip() throws IOException {
    content.transferTo(OutputStream.nullOutputStream());
    content.over = true;
  }

  private static final class Content extends InputStream {
    private final Boundary boundary;
    private final long limit;
    private long count;
    private boolean over;

    Content(Boundary boundary, long limit) {
      this.boundary = boundary;
      this.limit = limit;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      int got = over ? -1 : boundary.read(into, offset, length);
      count += Math.max(got, 0);
      if (count > limit) {
        throw new BadRequest(413, "A part of the form is larger than " + limit + " bytes.");
      }
      return got;
    }
  }
}
