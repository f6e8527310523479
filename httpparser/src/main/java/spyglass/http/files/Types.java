package spyglass.http.files;

import java.nio.file.Path;
import java.util.Locale;

/**
 * Media types by extension. A table of our own and not the system's: the same file has the same
 * type on every machine, and what is not known is bytes, which no browser runs.
 */
final class Types {

  private Types() {}

  static String of(Path file) {
    String name = String.valueOf(file.getFileName());
    String extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return switch (extension) {
      case "html", "htm" -> "text/html; charset=utf-8";
      case "css" -> "text/css; charset=utf-8";
      case "js", "mjs" -> "text/javascript; charset=utf-8";
      case "txt", "text", "log" -> "text/plain; charset=utf-8";
      case "md" -> "text/markdown; charset=utf-8";
      case "csv" -> "text/csv; charset=utf-8";
      case "ics" -> "text/calendar; charset=utf-8";
      case "vtt" -> "text/vtt; charset=utf-8";
      case "json", "map" -> "application/json";
      case "webmanifest" -> "application/manifest+json";
      case "xml" -> "application/xml";
      case "atom" -> "application/atom+xml";
      case "rss" -> "application/rss+xml";
      case "pdf" -> "application/pdf";
      case "wasm" -> "application/wasm";
      case "zip" -> "application/zip";
      case "gz" -> "application/gzip";
      case "jar" -> "application/java-archive";
      case "epub" -> "application/epub+zip";
      default -> media(extension);
    };
  }

  private static String media(String extension) {
    return switch (extension) {
      case "png", "gif", "webp", "avif", "bmp" -> "image/" + extension;
      case "jpg", "jpeg" -> "image/jpeg";
      case "svg" -> "image/svg+xml";
      case "ico" -> "image/x-icon";
      case "mp3" -> "audio/mpeg";
      case "m4a" -> "audio/mp4";
      case "ogg", "oga", "opus" -> "audio/ogg";
      case "wav", "flac" -> "audio/" + extension;
      case "mp4", "m4v" -> "video/mp4";
      case "webm" -> "video/webm";
      case "mov" -> "video/quicktime";
      case "woff", "woff2", "ttf", "otf" -> "font/" + extension;
      default -> "application/octet-stream";
    };
  }
}
