import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import software.amazon.event.ruler.JsonRuleCompiler;
import software.amazon.event.ruler.Machine;

/**
 * Asks Event Ruler, the engine of EventBridge. The first line of the input is a JSON list of events; each line after it is a
 * pattern, as a JSON string. Answers a line each: {"matches": [true, false, …]}, one for each event, or {"refused": reason}.
 */
public final class AnswerPatterns {
  private static final ObjectMapper JSON = new ObjectMapper();

  public static void main(String[] args) throws Exception {
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
    JsonNode events = JSON.readTree(in.readLine());
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      out.println(answer(JSON.readTree(line).asText(), events));
    }
    out.flush();
  }

  private static String answer(String pattern, JsonNode events) throws Exception {
    String refused = JsonRuleCompiler.check(pattern);
    if (refused != null) return JSON.createObjectNode().put("refused", refused).toString();
    Machine machine = new Machine();
    machine.addRule("asked", pattern);
    var answer = JSON.createObjectNode();
    var matches = answer.putArray("matches");
    for (JsonNode event : events) {
      // The form for JSON: fields inside one list of objects must hold for the same element.
      matches.add(!machine.rulesForJSONEvent(event.toString()).isEmpty());
    }
    return answer.toString();
  }
}
