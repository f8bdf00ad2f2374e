package io.faultline.cli;

import io.faultline.collect.parse.ParserTrial;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Results in the XML of JUnit's Ant task, which build servers read. */
final class JunitXml {

    private JunitXml() {}

    static void write(Path file, String suite, List<ParserTrial.Result> results) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        try (OutputStream out = Files.newOutputStream(file)) {
            XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(out, "UTF-8");
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeStartElement("testsuite");
            xml.writeAttribute("name", suite);
            xml.writeAttribute("tests", Integer.toString(results.size()));
            xml.writeAttribute(
                    "failures",
                    Long.toString(
                            results.stream().filter(result -> !result.passed()).count()));
            for (ParserTrial.Result result : results) {
                write(xml, result);
            }
            xml.writeEndElement();
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException e) {
            throw new IOException(e);
        }
    }

    private static void write(XMLStreamWriter xml, ParserTrial.Result result) throws XMLStreamException {
        xml.writeStartElement("testcase");
        xml.writeAttribute("classname", result.format());
        xml.writeAttribute("name", result.place());
        if (!result.passed()) {
            xml.writeStartElement("failure");
            xml.writeAttribute("message", printable(result.differences().get(0)));
            xml.writeCharacters(printable(String.join("\n", result.differences()) + "\n" + result.line()));
            xml.writeEndElement();
        }
        xml.writeEndElement();
    }

    /** What XML 1.0 can not hold is shown as a question mark. */
    private static String printable(String text) {
        StringBuilder printable = new StringBuilder();
        text.codePoints().forEach(c -> printable.appendCodePoint(isAllowed(c) ? c : '?'));
        return printable.toString();
    }

    private static boolean isAllowed(int c) {
        return c == '\t' || c == '\n' || (c >= 0x20 && c <= 0xD7FF) || (c >= 0xE000 && c <= 0xFFFD) || c >= 0x10000;
    }
}
