// Holds WSDLs against the WS-I Basic Profile 1.1 with the check that .NET has built in. Each argument
// is a URL or file; printed is what is wrong, a line each.
using System;
using System.Web.Services;
using System.Web.Services.Description;
using System.Xml;

static class Conformance
{
    static void Main(string[] locations)
    {
        foreach (string location in locations)
        {
            var violations = new BasicProfileViolationCollection();
            // "true" validates by the schemas of WSDL and of its SOAP binding.
            using (var reader = new XmlTextReader(location))
            {
                var description = ServiceDescription.Read(reader, true);
                WebServicesInteroperability.CheckConformance(
                    WsiProfiles.BasicProfile1_1, description, violations);
            }
            foreach (BasicProfileViolation violation in violations)
            {
                Console.WriteLine(violation.NormativeStatement);
            }
            Console.WriteLine("checked " + location);
        }
    }
}
