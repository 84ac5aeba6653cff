namespace Berthbook;

public class RegistryProfileTests
{
    [Fact]
    public void Says_of_IANAs_data_that_it_is_a_copy_without_endorsement() =>
        Assert.Equal(
            "This is a copy of IANA's registry as of 2026-03-01. IANA does not endorse it.",
            RegistryProfile.Iana.Statement(Fruit.Registry)
        );

    [Fact]
    public void Says_whose_registry_it_is_otherwise() =>
        Assert.Equal(
            "This is the registry of The Orchard as of 2026-03-01.",
            Fruit.Profile.Statement(Fruit.Registry)
        );
}
