package io.faultline.cli;

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

    /**
     * One test.
     *
     * @param group what is tested
     * @param differences what is not as expected; none where it passed
     * @param shown what is shown below them
     */
    record Case(String group, String name, List<String> differences, String shown) {
        Case {
            differences = List.copyOf(differences);
        }

        boolean passed() {
            return differences.isEmpty();
        }
    }

    static void write(Path file, String suite, List<Case> results) throws IOException {
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
            for (Case result : results) {
                write(xml, result);
            }
            xml.writeEndElement();
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException e) {
            throw new IOException(e);
        }
    }

    private static void write(XMLStreamWriter xml, Case result) throws XMLStreamException {
        xml.writeStartElement("testcase");
        xml.writeAttribute("classname", result.group());
        xml.writeAttribute("name", result.name());
        if (!result.passed()) {
            xml.writeStartElement("failure");
            xml.writeAttribute("message", printable(result.differences().get(0)));
            xml.writeCharacters(printable(String.join("\n", result.differences()) + "\n" + result.shown()));
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
