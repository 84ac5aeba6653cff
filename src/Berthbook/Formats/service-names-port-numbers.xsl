<?xml version="1.0" encoding="UTF-8"?>
<!-- The XML of the registry as a page, for a browser that opens the file itself. No script. -->
<xsl:stylesheet version="1.0"
                xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:r="http://www.iana.org/assignments"
                exclude-result-prefixes="r">

  <xsl:output method="html" encoding="UTF-8" doctype-system="about:legacy-compat"/>
  <xsl:strip-space elements="r:registry r:record r:assignee r:people r:person"/>

  <xsl:key name="person" match="r:person" use="@id"/>
  <xsl:variable name="upper" select="'ABCDEFGHIJKLMNOPQRSTUVWXYZ'"/>
  <xsl:variable name="lower" select="'abcdefghijklmnopqrstuvwxyz'"/>

  <xsl:template match="r:registry">
    <html lang="en">
      <head>
        <meta name="viewport" content="width=device-width, initial-scale=1"/>
        <link rel="stylesheet" type="text/css" href="/css/site.css"/>
        <title><xsl:value-of select="r:title"/></title>
      </head>
      <body class="published">
        <main>
          <article>
            <h1><xsl:apply-templates select="r:title/node()"/></h1>
            <dl><xsl:call-template name="header"/></dl>
            <xsl:call-template name="records"/>
            <xsl:apply-templates select="r:people[r:person]"/>
            <xsl:call-template name="footnotes"/>
          </article>
        </main>
      </body>
    </html>
  </xsl:template>

  <xsl:template name="header">
    <xsl:if test="r:created"><dt>Created</dt><dd><xsl:apply-templates select="r:created/node()"/></dd></xsl:if>
    <dt>Last Updated</dt>
    <dd><xsl:value-of select="r:updated"/></dd>
    <xsl:if test="r:registration_rule">
      <dt>Registration Procedure(s)</dt>
      <dd><pre><xsl:apply-templates select="r:registration_rule/node()"/></pre></dd>
    </xsl:if>
    <xsl:if test="r:expert">
      <dt>Expert(s)</dt>
      <dd><pre><xsl:apply-templates select="r:expert/node()"/></pre></dd>
    </xsl:if>
    <xsl:if test="r:description">
      <dt>Description</dt>
      <dd><pre><xsl:apply-templates select="r:description/node()"/></pre></dd>
    </xsl:if>
    <xsl:if test="r:xref">
      <dt>Reference</dt>
      <dd><xsl:apply-templates select="r:xref"/></dd>
    </xsl:if>
    <xsl:for-each select="r:note">
      <dt>
        <xsl:choose>
          <xsl:when test="@title"><xsl:value-of select="@title"/></xsl:when>
          <xsl:otherwise>Note</xsl:otherwise>
        </xsl:choose>
      </dt>
      <dd><pre><xsl:apply-templates/></pre></dd>
    </xsl:for-each>
    <dt>Available Formats</dt>
    <dd>
      <a class="altformat" href="service-names-port-numbers.csv">CSV</a><xsl:text> </xsl:text>
      <a class="altformat" href="service-names-port-numbers.xml">XML</a><xsl:text> </xsl:text>
      <a class="altformat" href="service-names-port-numbers.xhtml">HTML</a><xsl:text> </xsl:text>
      <a class="altformat" href="service-names-port-numbers.txt">Plain text</a>
    </dd>
  </xsl:template>

  <xsl:template name="records">
    <div class="table" tabindex="0" role="region" aria-label="Records">
      <table id="table-{@id}" class="sortable">
        <thead>
          <tr>
            <th scope="col">Service Name</th>
            <th scope="col">Port Number</th>
            <th scope="col">Transport Protocol</th>
            <th scope="col">Description</th>
            <th scope="col">Assignee</th>
            <th scope="col">Contact</th>
            <th scope="col">Registration Date</th>
            <th scope="col">Modification Date</th>
            <th scope="col">Reference</th>
            <th scope="col">Service Code</th>
            <th scope="col">Unauthorized Use Reported</th>
            <th scope="col">Assignment Notes</th>
          </tr>
        </thead>
        <tbody><xsl:apply-templates select="r:record"/></tbody>
      </table>
    </div>
  </xsl:template>

  <xsl:template match="r:record">
    <tr>
      <td><xsl:value-of select="r:name"/></td>
      <td align="center"><xsl:value-of select="r:number"/></td>
      <td align="center"><xsl:value-of select="r:protocol"/></td>
      <td><xsl:apply-templates select="r:description/node()"/></td>
      <td>
        <xsl:choose>
          <xsl:when test="r:assignee"><xsl:apply-templates select="r:assignee/r:xref"/></xsl:when>
          <xsl:otherwise><xsl:apply-templates select="r:xref[@type = 'person']"/></xsl:otherwise>
        </xsl:choose>
      </td>
      <td><xsl:apply-templates select="r:xref[@type = 'person']"/></td>
      <td><xsl:value-of select="@date"/></td>
      <td><xsl:value-of select="@updated"/></td>
      <td><xsl:apply-templates select="r:xref[@type != 'person']"/></td>
      <td align="center"><xsl:value-of select="r:sc"/></td>
      <td><xsl:value-of select="r:unauthorized"/></td>
      <td><xsl:apply-templates select="r:note/node()"/></td>
    </tr>
  </xsl:template>

  <xsl:template match="r:people">
    <h1 class="people">Contact Information</h1>
    <div class="table" tabindex="0" role="region" aria-label="Contact Information">
      <table class="sortable">
        <thead>
          <tr>
            <th scope="col">ID</th>
            <th scope="col">Name</th>
            <th scope="col">Organization</th>
            <th scope="col">Contact URI</th>
            <th scope="col">Last Updated</th>
          </tr>
        </thead>
        <tbody>
          <xsl:for-each select="r:person">
            <tr>
              <td><a id="{@id}">[<xsl:value-of select="@id"/>]</a></td>
              <td><xsl:value-of select="r:name"/></td>
              <td><xsl:value-of select="r:org"/></td>
              <td>
                <xsl:for-each select="r:uri">
                  <xsl:if test="position() > 1"><br/></xsl:if>
                  <xsl:call-template name="link">
                    <xsl:with-param name="address" select="."/>
                    <xsl:with-param name="words" select="."/>
                  </xsl:call-template>
                </xsl:for-each>
              </td>
              <td><xsl:value-of select="r:updated"/></td>
            </tr>
          </xsl:for-each>
        </tbody>
      </table>
    </div>
  </xsl:template>

  <xsl:template name="footnotes">
    <xsl:if test="r:footnote">
      <h1>Footnote<xsl:if test="count(r:footnote) > 1">s</xsl:if></h1>
      <table class="fn">
        <xsl:for-each select="r:footnote">
          <tr>
            <td class="fn"><a id="note{@anchor}">[<xsl:value-of select="@anchor"/>]</a></td>
            <td class="fn"><pre><xsl:apply-templates/></pre></td>
          </tr>
        </xsl:for-each>
      </table>
    </xsl:if>
  </xsl:template>

  <xsl:template match="r:br"><br/></xsl:template>

  <xsl:template match="r:paragraph"><p><xsl:apply-templates/></p></xsl:template>

  <xsl:template match="r:xref">
    <xsl:variable name="label"><xsl:call-template name="label"/></xsl:variable>
    <xsl:variable name="address"><xsl:call-template name="address"/></xsl:variable>
    <xsl:text>[</xsl:text>
    <xsl:call-template name="link">
      <xsl:with-param name="address" select="string($address)"/>
      <xsl:with-param name="words" select="string($label)"/>
    </xsl:call-template>
    <xsl:text>]</xsl:text>
    <xsl:if test="@lastupdated"> (<xsl:value-of select="@lastupdated"/>)</xsl:if>
  </xsl:template>

  <!-- Links lead to the web, to mail, or to a place on this page; nothing else becomes one. -->
  <xsl:template name="link">
    <xsl:param name="address"/>
    <xsl:param name="words"/>
    <xsl:variable name="scheme" select="translate(substring-before($address, ':'), $upper, $lower)"/>
    <xsl:choose>
      <xsl:when test="starts-with($address, '#') or $scheme = 'http' or $scheme = 'https' or $scheme = 'mailto'">
        <a href="{$address}"><xsl:value-of select="$words"/></a>
      </xsl:when>
      <xsl:otherwise><xsl:value-of select="$words"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template name="label">
    <xsl:choose>
      <xsl:when test="@type = 'person' or @type = 'note'"><xsl:value-of select="@data"/></xsl:when>
      <xsl:when test="@type = 'rfc-errata'">
        <xsl:text>RFC Errata </xsl:text>
        <xsl:choose>
          <xsl:when test="normalize-space()"><xsl:value-of select="."/></xsl:when>
          <xsl:otherwise><xsl:value-of select="@data"/></xsl:otherwise>
        </xsl:choose>
      </xsl:when>
      <xsl:when test="normalize-space()"><xsl:value-of select="."/></xsl:when>
      <xsl:when test="@type = 'rfc'">
        <xsl:value-of select="translate(@data, $lower, $upper)"/>
        <xsl:call-template name="part"/>
      </xsl:when>
      <xsl:when test="@type = 'draft'">
        <xsl:value-of select="@data"/>
        <xsl:call-template name="part"/>
      </xsl:when>
      <xsl:when test="@type = 'registry'">IANA registry <xsl:value-of select="@data"/></xsl:when>
      <xsl:when test="@type = 'unicode'">Unicode Character Database <xsl:value-of select="@data"/></xsl:when>
      <xsl:otherwise><xsl:value-of select="@data"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template name="part">
    <xsl:choose>
      <xsl:when test="@section">, Section <xsl:value-of select="@section"/></xsl:when>
      <xsl:when test="@page">, Page <xsl:value-of select="@page"/></xsl:when>
      <xsl:when test="@appendix">, Appendix <xsl:value-of select="@appendix"/></xsl:when>
      <xsl:when test="@table">, Table <xsl:value-of select="@table"/></xsl:when>
      <xsl:when test="@figure">, Figure <xsl:value-of select="@figure"/></xsl:when>
      <xsl:when test="@anchor">#<xsl:value-of select="@anchor"/></xsl:when>
    </xsl:choose>
  </xsl:template>

  <xsl:template name="address">
    <xsl:choose>
      <xsl:when test="@type = 'person'">
        <xsl:if test="key('person', @data)">#<xsl:value-of select="@data"/></xsl:if>
      </xsl:when>
      <xsl:when test="@type = 'note'">
        <xsl:if test="/r:registry/r:footnote[@anchor = current()/@data]">#note<xsl:value-of select="@data"/></xsl:if>
      </xsl:when>
      <xsl:when test="@type = 'rfc' or @type = 'draft'">
        <xsl:text>https://www.iana.org/go/</xsl:text>
        <xsl:choose>
          <xsl:when test="@type = 'rfc'"><xsl:value-of select="translate(@data, $upper, $lower)"/></xsl:when>
          <xsl:when test="starts-with(@data, 'RFC-')">draft-<xsl:value-of select="substring(@data, 5)"/></xsl:when>
          <xsl:otherwise><xsl:value-of select="@data"/></xsl:otherwise>
        </xsl:choose>
        <xsl:if test="@section">#section-<xsl:value-of select="@section"/></xsl:if>
      </xsl:when>
      <xsl:when test="@type = 'rfc-errata'">https://www.rfc-editor.org/errata/eid<xsl:value-of select="@data"/></xsl:when>
      <xsl:when test="@type = 'registry'">https://www.iana.org/assignments/<xsl:value-of select="@data"/></xsl:when>
      <xsl:when test="@type = 'uri'"><xsl:value-of select="@data"/></xsl:when>
    </xsl:choose>
  </xsl:template>

</xsl:stylesheet>
