import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Security;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.activation.DataHandler;
import javax.mail.internet.MimeBodyPart;
import javax.mail.internet.MimeMultipart;
import javax.mail.util.ByteArrayDataSource;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cms.CMSAlgorithm;
import org.bouncycastle.cms.CMSAuthEnvelopedData;
import org.bouncycastle.cms.CMSAuthEnvelopedDataGenerator;
import org.bouncycastle.cms.CMSCompressedData;
import org.bouncycastle.cms.CMSCompressedDataGenerator;
import org.bouncycastle.cms.CMSEnvelopedData;
import org.bouncycastle.cms.CMSEnvelopedDataGenerator;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.RecipientInformation;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoGeneratorBuilder;
import org.bouncycastle.cms.jcajce.JceCMSContentEncryptorBuilder;
import org.bouncycastle.cms.jcajce.JceKeyTransEnvelopedRecipient;
import org.bouncycastle.cms.jcajce.JceKeyTransAuthEnvelopedRecipient;
import org.bouncycastle.cms.jcajce.JceKeyTransRecipientInfoGenerator;
import org.bouncycastle.cms.jcajce.ZlibCompressor;
import org.bouncycastle.cms.jcajce.ZlibExpanderProvider;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.mail.smime.SMIMESigned;
import org.bouncycastle.mail.smime.SMIMESignedGenerator;
import org.bouncycastle.operator.OutputAEADEncryptor;
import org.bouncycastle.operator.jcajce.JcaAlgorithmParametersConverter;

/**
 * An AS2 partner over BouncyCastle and JavaMail, as most Java gateways are built. Two services on loopback: POST /wrap makes a message
 * as the query asks (what the answer's Mic says is what a receipt must say), POST /unwrap takes one apart.
 * Arguments: own PKCS #8 key, own certificate, certificate of the other side, all PEM or DER files.
 */
public final class Peer {
  private final PrivateKey key;
  private final X509Certificate own;
  private final X509Certificate other;

  private Peer(String[] args) throws Exception {
    String pem = Files.readString(Path.of(args[0])).replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", "");
    key = KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(pem)));
    own = certificate(args[1]);
    other = certificate(args[2]);
  }

  public static void main(String[] args) throws Exception {
    Security.addProvider(new BouncyCastleProvider());
    Peer peer = new Peer(args);
    HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.createContext("/wrap", exchange -> answer(exchange, peer::wrap));
    server.createContext("/unwrap", exchange -> answer(exchange, peer::unwrap));
    server.start();
    System.out.println(server.getAddress().getPort());
    // Ends with whoever started it.
    while (System.in.read() != -1) continue;
    server.stop(0);
  }

  private interface Service {
    byte[] serve(Map<String, String> query, byte[] body, Map<String, String> said) throws Exception;
  }

  private static void answer(HttpExchange exchange, Service service) {
    try (exchange) {
      Map<String, String> said = new HashMap<>();
      byte[] body;
      int status = 200;
      try {
        body = service.serve(query(exchange.getRequestURI()), exchange.getRequestBody().readAllBytes(), said);
      } catch (Exception error) {
        status = 422;
        body = error.toString().getBytes(StandardCharsets.UTF_8);
      }
      said.forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
      exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
      try (OutputStream out = exchange.getResponseBody()) {
        out.write(body);
      }
    } catch (Exception error) {
      System.err.println(error);
    }
  }

  private static Map<String, String> query(URI uri) {
    Map<String, String> values = new HashMap<>();
    for (String pair : uri.getRawQuery().split("&")) {
      String[] parts = pair.split("=", 2);
      values.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
    }
    return values;
  }

  private static X509Certificate certificate(String path) throws Exception {
    try (var in = Files.newInputStream(Path.of(path))) {
      return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
    }
  }

  private byte[] wrap(Map<String, String> query, byte[] content, Map<String, String> said) throws Exception {
    byte[] entity = entity(query.get("type"), "binary", content);
    byte[] covered = entity;
    String compress = query.get("compress");
    boolean signs = !query.get("sign").equals("no");
    if (compress.equals("before-signing") || (compress.equals("after-signing") && !signs)) {
      entity = compressed(entity);
      if (signs) covered = entity;
    }
    if (signs) {
      entity = signed(entity, query.get("sign"));
      if (compress.equals("after-signing")) entity = compressed(entity);
    }
    boolean encrypts = !query.get("cipher").equals("no");
    if (encrypts) entity = encrypted(entity, query.get("cipher"), query.get("transport"));
    if (!signs && !encrypts && compress.equals("no")) covered = content;
    said.put("Mic", digest(covered));
    return entity;
  }

  private byte[] unwrap(Map<String, String> query, byte[] message, Map<String, String> said) throws Exception {
    MimeBodyPart part = new MimeBodyPart(new ByteArrayInputStream(message));
    byte[] covered = null;
    StringBuilder layers = new StringBuilder();
    boolean outermost = true;
    while (true) {
      String type = part.getContentType().toLowerCase();
      if (type.startsWith("multipart/signed")) {
        byte[] first = firstPart(message(part), part);
        SMIMESigned signature = new SMIMESigned((MimeMultipart) multipart(part), "binary");
        verify(signature);
        layers.append("signed ");
        if (covered == null) covered = first;
        part = new MimeBodyPart(new ByteArrayInputStream(first));
      } else if (type.startsWith("application/pkcs7-mime")) {
        byte[] cms = part.getInputStream().readAllBytes();
        byte[] inner = open(cms, layers);
        if (layers.toString().endsWith("signed ") && covered == null) covered = inner;
        part = new MimeBodyPart(new ByteArrayInputStream(inner));
      } else {
        byte[] content = part.getInputStream().readAllBytes();
        if (covered == null) covered = outermost ? content : message(part);
        said.put("Mic", digest(covered));
        said.put("Layers", layers.toString().trim());
        return content;
      }
      outermost = false;
    }
  }

  private byte[] open(byte[] cms, StringBuilder layers) throws Exception {
    ASN1ObjectIdentifier type = org.bouncycastle.asn1.cms.ContentInfo.getInstance(
        org.bouncycastle.asn1.ASN1Primitive.fromByteArray(cms)).getContentType();
    if (type.equals(org.bouncycastle.asn1.cms.CMSObjectIdentifiers.signedData)) {
      CMSSignedData data = new CMSSignedData(cms);
      verify(data);
      layers.append("signed ");
      return (byte[]) data.getSignedContent().getContent();
    }
    if (type.equals(org.bouncycastle.asn1.cms.CMSObjectIdentifiers.compressedData)) {
      layers.append("compressed ");
      return new CMSCompressedData(cms).getContent(new ZlibExpanderProvider());
    }
    layers.append("encrypted ");
    if (type.equals(org.bouncycastle.asn1.cms.CMSObjectIdentifiers.authEnvelopedData)) {
      RecipientInformation recipient = new CMSAuthEnvelopedData(cms).getRecipientInfos().iterator().next();
      return recipient.getContent(new JceKeyTransAuthEnvelopedRecipient(key).setProvider("BC"));
    }
    RecipientInformation recipient = new CMSEnvelopedData(cms).getRecipientInfos().iterator().next();
    return recipient.getContent(new JceKeyTransEnvelopedRecipient(key).setProvider("BC"));
  }

  private void verify(CMSSignedData data) throws Exception {
    SignerInformation signer = data.getSignerInfos().iterator().next();
    if (!signer.verify(new JcaSimpleSignerInfoVerifierBuilder().setProvider("BC").build(other)))
      throw new Exception("the signature does not fit");
  }

  private byte[] signed(byte[] entity, String form) throws Exception {
    var signer = new JcaSimpleSignerInfoGeneratorBuilder().setProvider("BC").build("SHA256withRSA", key, own);
    if (form.equals("opaque")) {
      CMSSignedDataGenerator generator = new CMSSignedDataGenerator();
      generator.addSignerInfoGenerator(signer);
      generator.addCertificates(new JcaCertStore(List.of(own)));
      return pkcs7("signed-data", generator.generate(new CMSProcessableByteArray(entity), true).getEncoded());
    }
    SMIMESignedGenerator generator = new SMIMESignedGenerator("binary");
    generator.addSignerInfoGenerator(signer);
    generator.addCertificates(new JcaCertStore(List.of(own)));
    MimeBodyPart part = new MimeBodyPart(new ByteArrayInputStream(entity));
    MimeMultipart multipart = generator.generate(part);
    MimeBodyPart whole = new MimeBodyPart();
    whole.setContent(multipart);
    whole.setHeader("Content-Type", multipart.getContentType());
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    whole.writeTo(out);
    return out.toByteArray();
  }

  private byte[] compressed(byte[] entity) throws Exception {
    var data = new CMSCompressedDataGenerator().generate(new CMSProcessableByteArray(entity), new ZlibCompressor());
    return pkcs7("compressed-data", data.getEncoded());
  }

  private byte[] encrypted(byte[] entity, String cipher, String transport) throws Exception {
    JceKeyTransRecipientInfoGenerator recipient = new JceKeyTransRecipientInfoGenerator(other);
    if (transport.equals("oaep")) {
      var parameters = new javax.crypto.spec.OAEPParameterSpec(
          "SHA-256", "MGF1", java.security.spec.MGF1ParameterSpec.SHA256, javax.crypto.spec.PSource.PSpecified.DEFAULT);
      var algorithm = new JcaAlgorithmParametersConverter().getAlgorithmIdentifier(
          org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers.id_RSAES_OAEP, parameters);
      recipient = new JceKeyTransRecipientInfoGenerator(other, algorithm);
    }
    recipient.setProvider("BC");
    CMSProcessableByteArray content = new CMSProcessableByteArray(entity);
    if (cipher.endsWith("gcm")) {
      CMSAuthEnvelopedDataGenerator generator = new CMSAuthEnvelopedDataGenerator();
      generator.addRecipientInfoGenerator(recipient);
      ASN1ObjectIdentifier name = cipher.startsWith("aes128") ? CMSAlgorithm.AES128_GCM : CMSAlgorithm.AES256_GCM;
      var encryptor = (OutputAEADEncryptor) new JceCMSContentEncryptorBuilder(name).setProvider("BC").build();
      return pkcs7("authEnveloped-data", generator.generate(content, encryptor).getEncoded());
    }
    CMSEnvelopedDataGenerator generator = new CMSEnvelopedDataGenerator();
    generator.addRecipientInfoGenerator(recipient);
    var encryptor = new JceCMSContentEncryptorBuilder(CMSAlgorithm.AES256_CBC).setProvider("BC").build();
    return pkcs7("enveloped-data", generator.generate(content, encryptor).getEncoded());
  }

  private static byte[] pkcs7(String kind, byte[] cms) throws Exception {
    return entity("application/pkcs7-mime; smime-type=" + kind, "binary", cms);
  }

  private static byte[] entity(String type, String encoding, byte[] content) throws Exception {
    MimeBodyPart part = new MimeBodyPart();
    part.setDataHandler(new DataHandler(new ByteArrayDataSource(content, type)));
    part.setHeader("Content-Type", type);
    part.setHeader("Content-Transfer-Encoding", encoding);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    part.writeTo(out);
    return out.toByteArray();
  }

  private static byte[] message(MimeBodyPart part) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    part.writeTo(out);
    return out.toByteArray();
  }

  private static Object multipart(MimeBodyPart part) throws Exception {
    return new MimeMultipart(new ByteArrayDataSource(part.getInputStream().readAllBytes(), part.getContentType()));
  }

  /** The bytes of the first part between its delimiters, which is what a signature covers. */
  private static byte[] firstPart(byte[] message, MimeBodyPart part) throws Exception {
    String boundary = new javax.mail.internet.ContentType(part.getContentType()).getParameter("boundary");
    String text = new String(message, StandardCharsets.ISO_8859_1);
    int start = text.indexOf("\r\n", text.indexOf("--" + boundary)) + 2;
    return text.substring(start, text.indexOf("\r\n--" + boundary, start)).getBytes(StandardCharsets.ISO_8859_1);
  }

  private static String digest(byte[] bytes) throws Exception {
    return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-256").digest(bytes)) + ", sha256";
  }
}
